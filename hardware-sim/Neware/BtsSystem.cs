using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;
using CellLab.HardwareSim.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Neware;

/// <summary>One BTS system: its channels, its step-file folder, its clock. Lives on when clients come and go.</summary>
internal sealed class BtsSystem : IDisposable
{
    private readonly Dictionary<BtsAddress, BtsChannel> _byAddress;
    private readonly TestIds _testIds;

    public BtsSystem(
        BtsSettings settings, IReadOnlyList<BtsChannel> channels, StepFilePlace stepFiles, TestIds testIds, BenchClock clock, FaultBoard faults, ILogger logger)
    {
        Settings = settings;
        Channels = channels;
        StepFiles = stepFiles;
        _testIds = testIds;
        Clock = clock;
        Faults = faults;
        Logger = logger;
        _byAddress = channels.ToDictionary(c => c.Address);
        faults.Switched += OnSwitched;
    }

    public BtsSettings Settings { get; }

    public IReadOnlyList<BtsChannel> Channels { get; }

    public StepFilePlace StepFiles { get; }

    public BenchClock Clock { get; }

    public FaultBoard Faults { get; }

    public ILogger Logger { get; }

    public int NewTestId() => _testIds.Next();

    /// <summary>The channel, unless it does not exist, is offline or its unit has vanished from the device list.</summary>
    public BtsChannel? Find(in BtsAddress address) =>
        _byAddress.TryGetValue(address, out BtsChannel? channel) && IsOnline(channel) ? channel : null;

    public bool IsOnline(BtsChannel channel) =>
        !IsOn(FaultNames.ChannelOffline, channel)
        && !(Fault(FaultNames.ListShrink) is ActiveFault shrink && (int)shrink.Number("unit", 1) == channel.Address.Unit);

    public bool IsOn(string fault, BtsChannel? channel = null) => Faults.IsOn(fault, Settings.DeviceId, channel?.Name);

    public ActiveFault? Fault(string name, BtsChannel? channel = null) => Faults.Find(name, Settings.DeviceId, channel?.Name);

    /// <summary>Factor from SI to the wire for currents, capacities and energies.</summary>
    public double UnitFactor => IsOn(FaultNames.WrongUnits) ? (Settings.UnitFactor == 1 ? 1000 : 1) : Settings.UnitFactor;

    /// <summary>Advances every running test to the present lab time.</summary>
    public void Advance()
    {
        double now = Clock.SecondsNow;
        foreach (BtsChannel channel in Channels)
        {
            channel.AdvanceTo(now);
        }
    }

    public void Dispose() => Faults.Switched -= OnSwitched;

    private void OnSwitched(ActiveFault fault, bool on)
    {
        foreach (BtsChannel channel in Channels.Where(c => fault.Covers(Settings.DeviceId, c.Name)))
        {
            if (fault.Name == FaultNames.Protect && on)
            {
                channel.Act(Clock.SecondsNow, s => !s.IsOver(), run => run.End(Clock.SecondsNow, RunState.Protect, BtsLogCode.Protected));
            }
            else if (fault.Name == FaultNames.CellMoved && Channels.FirstOrDefault(c => c.Name == fault.Text("to")) is { } to && to != channel)
            {
                BtsChannel.Exchange(channel, to, Clock.SecondsNow);
            }
            else if (fault.Name == FaultNames.MainsCut)
            {
                OnMains(channel, fault, on);
            }
        }
    }

    /// <summary>Current stops at once; what the channel shows afterwards is the fault's <c>state</c>: a final word, or <c>working</c>, which goes
    /// on by itself when the mains return.</summary>
    private void OnMains(BtsChannel channel, ActiveFault fault, bool cut)
    {
        double now = Clock.SecondsNow;
        bool resumes = fault.Text("state") == "working";
        if (cut && resumes)
        {
            channel.Act(now, s => s == RunState.Working, run => run.Pause(now));
        }
        else if (cut)
        {
            RunState state = fault.Text("state") switch { "finish" => RunState.Finish, "protect" => RunState.Protect, _ => RunState.Stop };
            channel.Act(now, s => !s.IsOver(), run => run.End(now, state, BtsLogCode.Interrupted));
        }
        else if (resumes)
        {
            channel.Act(now, s => s == RunState.Pause, run => run.Continue(now, BtsLogCode.Resumed));
        }
    }
}
