using CellLab.Core.Devices;

namespace CellLab.Engine.Setup;

/// <summary>The instruments that act on one cell, by role.</summary>
public sealed record PipelineSpec(string Id, string Holder, IReadOnlyDictionary<string, ChannelAddress> Roles)
{
    public const string CyclerRole = "cycler";
    public const string ImpedanceRole = "eis";
    public const string MassSpectrometerRole = "ms";
    public const string DiffractionRole = "xrd";

    private static readonly string[] s_sources = [CyclerRole, ImpedanceRole];

    /// <summary>How the roles' leads reach the cell; a role that is not named is wired.</summary>
    public IReadOnlyDictionary<string, Wiring> Wiring { get; init; } = new Dictionary<string, Wiring>();

    /// <summary>Null where nothing is said about the mass spectrometer: no job can use it then.</summary>
    public GasSetup? Gas { get; init; }

    /// <summary>What a job does when the instrument of a role fails, as the configuration says it; the spectrometer's stands with its gas line.</summary>
    public IReadOnlyDictionary<string, GasLoss> OnFailure { get; init; } = new Dictionary<string, GasLoss>();

    /// <summary>A spectrum that cannot be had holds the job, since the cell stands at open circuit for it; a diffractometer never stops cycling by itself.</summary>
    public GasLoss LossOf(string role) => OnFailure.GetValueOrDefault(role, role == ImpedanceRole ? GasLoss.Hold : GasLoss.GoOn);

    /// <summary>The roles that can put a current through the cell.</summary>
    public IEnumerable<KeyValuePair<string, ChannelAddress>> Sources => Roles.Where(role => s_sources.Contains(role.Key));

    public Wiring WiringOf(ChannelAddress channel) =>
        Roles.FirstOrDefault(role => role.Value == channel).Key is { } role ? Wiring.GetValueOrDefault(role, Setup.Wiring.Wired) : Setup.Wiring.Wired;
}

/// <summary>How an instrument's leads reach the cell.</summary>
public enum Wiring
{
    /// <summary>All the time: whoever is not at work is at high impedance.</summary>
    Wired,

    /// <summary>Through relays that follow the instrument at work by themselves: the cell's voltage tells whether they did.</summary>
    Multiplexer,

    /// <summary>A person plugs the cell over.</summary>
    ByHand,
}
