using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>An elapsed time whose unit is doubtful is named, be the file short or long.</summary>
public sealed class Units_of_time
{
    private static AnalyzeResult WithClock(int rows, double elapsedStep, double wallStep, bool wholeSeconds = false) => Analyzed.Text(
        "a.bdf.csv", "Test Time / s,Voltage / V,Current / A,Unix Time / s\n" + Analyzed.Lines(Enumerable.Range(0, rows).Select(k => (FormattableString)
            $"{k * elapsedStep:R},3.5,0.001234,{1_800_000_000 + (wholeSeconds ? Math.Floor(k * wallStep) : k * wallStep):R}")));

    [Theory]
    [InlineData(4, 10_000, "factor 1000")]
    [InlineData(6, 10 / 60.0, "minutes")]
    public void A_few_rows_are_enough_to_see_a_wrong_unit(int rows, double elapsedStep, string said) =>
        Assert.Contains(said, Assert.Single(WithClock(rows, elapsedStep, 10).Findings, finding => finding.Code == "time_scale").Message, StringComparison.Ordinal);

    [Fact]
    public void A_wall_clock_of_whole_seconds_beside_faster_records_is_no_wrong_unit() =>
        Assert.DoesNotContain(WithClock(600, 0.1, 0.1, wholeSeconds: true).Findings, finding => finding.Code == "time_scale");

    [Theory]
    [InlineData(400, true)]
    [InlineData(100, false)]
    public void More_than_five_years_without_a_wall_clock_ask_for_the_unit(int step, bool asked)
    {
        AnalyzeResult result = Analyzed.Text("a.bdf.csv", "Test Time / s,Voltage / V,Current / A\n" + Analyzed.Lines(
            Enumerable.Range(0, 1000).Select(k => (FormattableString)$"{(k * step) + (k > 990 ? step * 5e5 : 0)},3.5,0.001234")));
        Assert.Equal(asked, result.Findings.Any(finding => finding.Code == "time_unit_doubtful"));
    }
}
