namespace CellLab.HardwareSim.Time;

/// <summary>Lab time as a straight line through wall time; while <paramref name="Hold"/> is set it stands at <paramref name="LabEpoch"/>.</summary>
public sealed record ClockLine(DateTimeOffset WallEpoch, DateTimeOffset LabEpoch, double Speed, bool Hold)
{
    public DateTimeOffset LabAt(DateTimeOffset wall) =>
        Hold ? LabEpoch : LabEpoch + TimeSpan.FromTicks((long)((wall - WallEpoch).Ticks * Speed));
}
