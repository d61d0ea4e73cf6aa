using CellLab.Drivers.Neware.Following;

namespace CellLab.Tests.Drivers.Neware;

public sealed class ClockTests
{
    private static readonly TimeZoneInfo s_zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");

    [Theory]
    [InlineData("2026-01-15T12:00:00", "2026-01-15T11:00:00Z")]
    [InlineData("2026-07-15T12:00:00", "2026-07-15T10:00:00Z")]
    [InlineData("2026-03-29T01:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("2026-03-29T03:00:00", "2026-03-29T01:00:00Z")]
    public void Local_times_are_read_by_the_rules_of_the_zone(string local, string expected)
    {
        DateTimeOffset utc = new PcClock(s_zurich).ToUtc(Local(local), DateTimeOffset.UnixEpoch);

        Assert.Equal(Utc(expected), utc);
    }

    [Theory]
    [InlineData("2026-10-25T00:40:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T01:20:00Z", "2026-10-25T01:30:00Z")]
    public void In_the_hour_that_occurs_twice_the_reading_nearer_to_what_is_expected_is_taken(string expectedNear, string expected)
    {
        DateTimeOffset utc = new PcClock(s_zurich).ToUtc(Local("2026-10-25T02:30:00"), Utc(expectedNear));

        Assert.Equal(Utc(expected), utc);
    }

    [Fact]
    public void The_offset_is_the_earliest_of_the_last_twenty_and_told_once()
    {
        DateTimeOffset start = Utc("2026-01-01T00:00:00Z");
        var meter = new OffsetMeter();
        var state = new FollowState { StartByPcUtc = start.AddSeconds(90) };
        var notes = new List<string>();
        for (int i = 0; i < 30; i++)
        {
            double stale = i % 5;
            meter.Add(start.AddSeconds((10 * i) + stale), TimeSpan.FromMilliseconds(20), 10 * i);
            meter.Apply(state, notes);
        }

        Assert.Equal(90, state.OffsetSeconds);
        Assert.Contains("90.0 s ahead", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_offset_within_its_uncertainty_is_not_applied_and_small_changes_neither()
    {
        DateTimeOffset start = Utc("2026-01-01T00:00:00Z");
        var meter = new OffsetMeter();
        var state = new FollowState { StartByPcUtc = start.AddSeconds(-0.7) };
        for (int i = 0; i < 10; i++)
        {
            meter.Add(start.AddSeconds(i), TimeSpan.FromMilliseconds(20), i);
            meter.Apply(state, []);
        }

        Assert.Equal(0, state.OffsetSeconds);
    }

    private static DateTime Local(string text) =>
        DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
