namespace CellLab.HardwareSim.Time;

/// <summary>Lab time as a straight line through wall time; while <paramref name="Hold"/> is set it stands at <paramref name="LabEpoch"/>, and it
/// never goes beyond <paramref name="LabUntil"/>.</summary>
public sealed record ClockLine(DateTimeOffset WallEpoch, DateTimeOffset LabEpoch, double Speed, bool Hold, DateTimeOffset? LabUntil = null)
{
    public DateTimeOffset LabAt(DateTimeOffset wall)
    {
        if (Hold)
        {
            return LabEpoch;
        }

        DateTimeOffset lab = LabEpoch + TimeSpan.FromTicks((long)((wall - WallEpoch).Ticks * Speed));
        return lab > LabUntil ? LabUntil.Value : lab;
    }
}
