using CellLab.Core.Safety;
using CellLab.Core.Samples;

namespace CellLab.Tests.Core.Safety;

public sealed class StartAndSilenceTests
{
    private static readonly Sample Fresh = new() { Name = "a", ActiveMassMilligrams = 2, NominalCapacityMilliampereHoursPerGram = 250 };

    [Theory]
    [InlineData(2.5)]
    [InlineData(3.6)]
    public void A_fresh_cell_inside_its_samples_range_may_start(double volts) => Assert.Null(OcvCheck.Refusal(Fresh, volts, null));

    [Theory]
    [InlineData(2.499, null, "open-circuit voltage 2.499 V, expected 2.500 to 3.600 V (the range of the sample for a fresh cell)")]
    [InlineData(0.01, null, "open-circuit voltage 0.010 V")]
    [InlineData(3.30, 3.36, "expected 3.310 to 3.410 V")]
    [InlineData(null, null, "could not be read")]
    public void Another_voltage_is_refused_with_what_was_expected(double? volts, double? lastKnown, string expected) =>
        Assert.Contains(expected, OcvCheck.Refusal(Fresh, volts, lastKnown is { } seen ? new LastSeen(seen) : null), StringComparison.Ordinal);

    [Fact]
    public void A_used_cell_is_held_against_where_it_was_last_seen() => Assert.Null(OcvCheck.Refusal(Fresh, 4.21, new LastSeen(4.25)));

    [Theory]
    [InlineData(1e-4, 4.16, true)] // taken out on charge at 4.4 V: it falls
    [InlineData(1e-4, 4.14, false)]
    [InlineData(1e-4, 4.46, false)]
    [InlineData(-1e-4, 4.64, true)] // on discharge: it rises
    [InlineData(-1e-4, 4.34, false)]
    [InlineData(0.0, 4.64, true)] // after a rest nothing says which way
    [InlineData(0.0, 4.16, true)]
    public void A_cell_that_was_taken_out_may_have_relaxed_away_from_where_the_current_drove_it(double lastAmperes, double volts, bool expected)
    {
        string? refusal = OcvCheck.Refusal(Fresh, volts, LastSeen.TakenOut(4.4, lastAmperes));

        Assert.Equal(expected, refusal is null);
        Assert.Contains("this cell was taken out at 4.400 V and has relaxed since", refusal ?? "this cell was taken out at 4.400 V and has relaxed since", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 5, 60)]
    [InlineData(30, 5, 90)]
    [InlineData(10, 600, 1800)]
    public void Silence_is_told_after_the_longest_of_a_minute_three_polls_and_three_records(double poll, double record, double expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), NoDataRule.LongestSilence(TimeSpan.FromSeconds(poll), record));
}
