using EcoChemie.Autolab.Sdk.Links;

namespace EcoChemie.Autolab.Sdk;

/// <summary>A stand-in with the public names of the SDK that the bridge uses, behaving as public programs and measurements tell; not the vendor's code.</summary>
public sealed class Instrument
{
    private IInstrumentLink? _link;

    public Instrument()
    {
        AutolabConnection = new AutolabConnection();
        CellLabStandInClock = new StandInClock(this);
        Ei = new EI(this);
        Fra = new Fra(this);
    }

    public AutolabConnection AutolabConnection { get; }

    /// <summary>In the vendor's library an XML file that describes the model. Here it says which simulated instrument to reach.</summary>
    public string HardwareSetupFile { get; set; } = "";

    public EI Ei { get; }

    public Fra Fra { get; }

    /// <summary>The vendor's library has nothing of this name: by it a bridge knows that it is not driving an instrument.</summary>
    public StandInClock CellLabStandInClock { get; }

    internal string Serial { get; private set; } = "";

    internal bool HasFra { get; private set; }

    internal DateTime? BeganUtc { get; private set; }

    internal bool InRun { get; set; }

    internal Snapshot Last { get; private set; }

    internal IInstrumentLink Link => _link ?? throw new InvalidOperationException("not connected");

    public void Connect()
    {
        if (!File.Exists(AutolabConnection.EmbeddedExeFileToStart))
        {
            throw new FileNotFoundException($"cannot start {AutolabConnection.EmbeddedExeFileToStart}");
        }

        Disconnect();
        HardwareSetup setup = HardwareSetup.Read(HardwareSetupFile);
        _link = setup.Open();
        (Serial, HasFra, BeganUtc) = (setup.Serial, setup.HasFra, setup.BeganUtc);
        AutolabConnection.IsConnected = true;
        Refresh();
    }

    public void Disconnect()
    {
        _link?.Dispose();
        _link = null;
        AutolabConnection.IsConnected = false;
    }

    /// <summary>Within a run the reading belongs to the time that was waited for; otherwise it is taken now.</summary>
    internal Snapshot Look() => InRun && !Last.Stale ? Last : Refresh();

    internal Snapshot Refresh() => Keep(Link.Read());

    internal Snapshot Keep(Snapshot snapshot) => Last = snapshot;
}
