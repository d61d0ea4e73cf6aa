using CellLab.Core.Time;
using CellLab.TestKit.Time;

namespace CellLab.Tests.Core.Time;

/// <summary>A lab clock at some speed over a wall clock that the test moves.</summary>
internal sealed class LabBench
{
    public LabBench(double speed)
    {
        Source = new HeldLabTime(new LabTimeSetting(Wall.GetUtcNow(), new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), speed, false));
        Lab = new LabClock(Source, Wall);
    }

    public ManualTimeProvider Wall { get; } = new();

    public HeldLabTime Source { get; }

    public LabClock Lab { get; }

    public void AdvanceLab(TimeSpan lab) => Wall.Advance(lab / Source.Current.Speed);
}

/// <summary>A lab time that a bench may hold.</summary>
internal sealed class HeldLabTime(LabTimeSetting setting) : ILabTimeSource
{
    public LabTimeSetting Current { get; private set; } = setting;

    public void SetHold(DateTimeOffset wall, bool hold) =>
        Current = new LabTimeSetting(wall, Current.LabAt(wall), Current.Speed, hold);
}

internal static class LabTimerWaits
{
    /// <summary>How late a timer may notice that a held clock runs again, wall time.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromMilliseconds(10);
}
