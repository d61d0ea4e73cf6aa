namespace CellLab.Drivers.Neware.Following;

/// <summary>Reads the BTS PC's local time stamps in its time zone. In the hour that occurs twice the reading nearer to what is expected is
/// taken; times that the zone skips are read with the offset before the change.</summary>
internal sealed class PcClock(TimeZoneInfo zone)
{
    private static readonly long s_quarter = TimeSpan.FromMinutes(15).Ticks; // zones change on quarters of an hour

    private long _quarter = -1;
    private TimeSpan[] _offsets = [];

    public DateTimeOffset ToUtc(DateTime local, DateTimeOffset expected)
    {
        if (local.Ticks / s_quarter != _quarter)
        {
            _quarter = local.Ticks / s_quarter;
            _offsets = OffsetsAt(local);
        }

        DateTimeOffset first = At(local, _offsets[0]);
        if (_offsets.Length == 1)
        {
            return first;
        }

        DateTimeOffset second = At(local, _offsets[1]);
        return (first - expected).Duration() <= (second - expected).Duration() ? first : second;
    }

    private static DateTimeOffset At(DateTime local, TimeSpan offset) => new(local.Ticks - offset.Ticks, TimeSpan.Zero);

    private TimeSpan[] OffsetsAt(DateTime local)
    {
        if (zone.IsAmbiguousTime(local))
        {
            return zone.GetAmbiguousTimeOffsets(local);
        }

        return [zone.GetUtcOffset(zone.IsInvalidTime(local) ? local.AddHours(-1) : local)];
    }
}
