using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Counters of every scope: an hour of charge at 1.234 mA, an hour of discharge at the same current, both twice. The counter, not the integral, must
/// be what comes out, so it runs 0.5 % above the current.</summary>
public sealed class Where_counters_begin
{
    private const double Hour = 1.234e-3 * 1.005;

    private static readonly int[] s_signs = [1, -1, 1, -1];

    /// <summary>Rows of all four steps; the row sees which step it is in, which row of it, and what the step has moved, in Ah.</summary>
    private static string Rows(Func<int, int, double, string> counters) => Analyzed.Lines(
        from step in Enumerable.Range(0, s_signs.Length)
        from row in Enumerable.Range(0, 61)
        select (FormattableString)$"{(step * 3600) + (row * 60)},3.5,{s_signs[step] * 1.234e-3},{step + 1},{counters(step, row, Hour * row / 60)}");

    private static string Number(double value) => FormattableString.Invariant($"{value:0.000000000}");

    private static void AssertSteps(AnalyzeResult result, params double[] moved)
    {
        Assert.DoesNotContain(result.Findings, finding => finding.Code is "counter_fell" or "counter_differs");
        Assert.Equal(moved.Select(value => Math.Round(value, 8)), result.Cycling!.Steps.Select(step => Math.Round(step.ChargeAh - step.DischargeAh, 8)));
    }

    [Fact]
    public void A_schedule_sets_its_counters_when_it_likes() => AssertSteps(
        Analyzed.Text("a.bdf.csv", "Test Time / s,Voltage / V,Current / A,Step Count / 1,Schedule Charging Capacity / Ah,Schedule Discharging Capacity / Ah\n" + Rows((step, _, moved) => step switch
        {
            0 => $"{Number(moved)},0",
            1 => $"{Number(Hour)},{Number(moved)}",
            2 => $"{Number(moved)},0", // the program has set both to zero
            _ => $"{Number(Hour)},{Number(moved)}",
        })), Hour, -Hour, Hour, -Hour);

    [Fact]
    public void A_sum_over_the_test_goes_on_over_its_steps() => AssertSteps(
        Analyzed.Text("a.bdf.csv", "Test Time / s,Voltage / V,Current / A,Step Count / 1,Cumulative Capacity / Ah\n" + Rows((step, _, moved) => Number((step * Hour) + moved))),
        Hour, -Hour, Hour, -Hour);

    [Fact]
    public void A_net_counter_that_begins_anew_has_not_discharged() => AssertSteps(
        Analyzed.Text("a.bdf.csv", "Test Time / s,Voltage / V,Current / A,Step Count / 1,Net Capacity / Ah\n" + Rows((step, _, moved) => step switch
        {
            0 => Number(moved),
            1 => Number(Hour - moved),
            2 => Number(moved), // began anew at 0, as it would have anyway
            _ => Number(-moved), // began anew with the discharge
        })), Hour, -Hour, Hour, -Hour);

    [Fact]
    public void A_net_counter_that_begins_anew_within_a_step_is_named()
    {
        AnalyzeResult result = Analyzed.Text("a.bdf.csv", "Test Time / s,Voltage / V,Current / A,Step Count / 1,Net Capacity / Ah\n"
            + Rows((step, row, moved) => step > 0 ? "" : Number(row < 30 ? moved : moved - (Hour / 2))));
        Assert.Contains(result.Findings, finding => finding is { Code: "counter_fell", Row: 30 });
        Assert.Equal(0, result.Cycling!.Steps[0].DischargeAh);
        Assert.Equal(Hour * 59 / 60, result.Cycling.Steps[0].ChargeAh, 1e-8);
    }

    [Fact]
    public void What_a_step_counter_has_in_its_first_row_belongs_to_the_step()
    {
        const string header = "DataPoint,Cycle Index,Step Index,Step Type,Time,Current(A),Voltage(V),Chg. Cap.(Ah),DChg. Cap.(Ah)\n";
        string text = header + Analyzed.Lines(Enumerable.Range(0, 61).Select(row =>
            (FormattableString)$"{row + 1},1,1,CC Chg,{row / 60}:{row % 60:00}:00,0.001234,3.5,{Number((Hour * row / 60) + 2e-6)},0"));
        Assert.Equal(Hour + 2e-6, Assert.Single(Analyzed.Text("a.csv", text).Cycling!.Steps).ChargeAh, 1e-9);
    }

    [Fact]
    public void What_a_counter_of_the_test_has_in_its_first_row_is_of_before()
    {
        string text = "Test_Time(s),Voltage(V),Current(A),Step_Index,Charge_Capacity(Ah),Discharge_Capacity(Ah)\n"
            + Rows((step, _, moved) => $"{Number(2.5 + (Hour * ((step + 1) / 2)) + (step % 2 == 0 ? moved : 0))},{Number(1.5 + (Hour * (step / 2)) + (step % 2 == 1 ? moved : 0))}");
        AnalyzeResult result = Analyzed.Text("a.csv", text);
        Assert.Equal("arbin-csv", result.File.Format);
        AssertSteps(result, Hour, -Hour, Hour, -Hour);
    }

    [Theory]
    [InlineData("Step")]
    [InlineData("Cycle")]
    public void Sums_of_a_step_or_cycle_are_checked_too(string scope)
    {
        string text = $"Test Time / s,Voltage / V,Current / A,Step Count / 1,Cycle Count / 1,{scope} Charging Capacity / Ah,{scope} Discharging Capacity / Ah,{scope} Net Capacity / Ah\n"
            + Rows((step, row, moved) => $"1,{Number(s_signs[step] > 0 ? moved : 0)},{Number(s_signs[step] > 0 ? 0 : moved)},{Number(row == 7 && step == 0 ? 0.5 : s_signs[step] * moved)}");
        Assert.Equal([7L], Analyzed.Text("a.bdf.csv", text).Findings.Where(finding => finding.Code == "sum_differs").Select(finding => finding.Row!.Value));
    }
}
