namespace CellLab.Core.Time;

/// <summary>Lab time as a straight line through wall time: at <paramref name="WallEpoch"/> it was <paramref name="LabEpoch"/> and runs
/// <paramref name="Speed"/> times as fast; while <paramref name="Hold"/> is set it stands still at <paramref name="LabEpoch"/>, and it never goes
/// beyond <paramref name="LabUntil"/>.</summary>
public sealed record LabTimeSetting(DateTimeOffset WallEpoch, DateTimeOffset LabEpoch, double Speed, bool Hold, DateTimeOffset? LabUntil = null)
{
    public static LabTimeSetting RealTime { get; } = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1.0, false);

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
