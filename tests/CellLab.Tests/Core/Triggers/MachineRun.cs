using CellLab.Core.Triggers;

namespace CellLab.Tests.Core.Triggers;

/// <summary>A machine with its clocks, which go on together unless a test says otherwise.</summary>
internal sealed class MachineRun
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public MachineRun(TriggerSettings? settings = null, bool armed = true)
    {
        Settings = settings ?? new TriggerSettings { Exposure = TimeSpan.FromSeconds(900) };
        Station = TriggerStation.New(s_start, TimeSpan.Zero);
        if (armed)
        {
            Give((lab, wall) => new ArmingChanged(true, lab, wall));
        }
    }

    public TriggerSettings Settings { get; }

    public TriggerStation Station { get; private set; }

    public List<TriggerEffect> All { get; } = [];

    public double LabSeconds { get; set; }

    public double WallSeconds { get; set; }

    public MachineRun After(double seconds)
    {
        LabSeconds += seconds;
        WallSeconds += seconds;
        return this;
    }

    public IReadOnlyList<TriggerEffect> Give(Func<DateTimeOffset, TimeSpan, TriggerSignal> signal)
    {
        (Station, IReadOnlyList<TriggerEffect> effects) = TriggerMachine.Next(
            Station, signal(s_start.AddSeconds(LabSeconds), TimeSpan.FromSeconds(WallSeconds)), Settings);
        All.AddRange(effects);
        return effects;
    }

    public IReadOnlyList<TriggerEffect> Want(string id, MissedPolicy policy = MissedPolicy.Skip) => Give((lab, wall) => new TriggerWanted(id, policy, lab, wall));

    public IReadOnlyList<TriggerEffect> Sent(string id, bool sent = true) => Give((lab, wall) => new PulseTold(id, sent, lab, wall));

    public IReadOnlyList<TriggerEffect> Levels(bool? ready, bool? busy, bool fault = false) => Give((lab, wall) => new LevelsRead(ready, busy, fault, lab, wall));

    public IReadOnlyList<TriggerEffect> Tick() => Give((lab, wall) => new TimePassed(lab, wall));

    public IReadOnlyList<TriggerEffect> Link(bool up) => Give((lab, wall) => new LinkChanged(up, lab, wall));

    /// <summary>Pulse, busy for so long, ready again.</summary>
    public void WholePattern(string id, double exposure)
    {
        Want(id);
        Sent(id);
        Levels(false, true);
        After(exposure).Levels(false, false);
        After(5).Levels(true, false);
    }
}
