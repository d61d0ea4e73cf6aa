using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Where an executed step begins, in files that tell it badly.</summary>
public sealed class Edges_of_steps
{
    private static IEnumerable<(int Row, double Milliamperes)> Hour(double milliamperes) => Enumerable.Range(0, 61).Select(row => (row, milliamperes));

    [Theory]
    [InlineData("Step Record Index / 1", 2)]
    [InlineData("step_index", 2)]
    [InlineData("Step Index", 1)]
    public void A_record_index_that_is_really_a_step_number_divides_no_step(string header, int number)
    {
        string text = $"Test Time / s,Voltage / V,Current / A,{header}\n" + Analyzed.Lines(Hour(1.234).Select(row => (FormattableString)$"{row.Row * 60},3.5,0.001234,{number}"))
            + Analyzed.Lines(Hour(-1.234).Select(row => (FormattableString)$"{3600 + (row.Row * 60)},3.5,-0.001234,{number + 1}"));
        CyclingSection cycling = Analyzed.Text("a.bdf.csv", text).Cycling!;
        Assert.Equal([1.234e-3, 1.234e-3], cycling.Steps.Select(step => Math.Round(step.ChargeAh + step.DischargeAh, 9)));
    }

    [Fact]
    public void A_record_index_that_counts_from_another_number_than_one_divides_no_step()
    {
        string text = "Test Time / s,Voltage / V,Current / A,Step Record Index / 1\n" + Analyzed.Lines(Hour(1).Select(row => (FormattableString)$"{row.Row * 60},3.5,0.001234,{row.Row + 3}"));
        Assert.Equal(1.234e-3, Assert.Single(Analyzed.Text("a.bdf.csv", text).Cycling!.Steps).ChargeAh, 1e-12);
    }

    [Fact]
    public void A_row_without_current_divides_no_step()
    {
        string text = "Test Time / s,Voltage / V,Current / A\n" + Analyzed.Lines(Hour(1).Select(row => (FormattableString)$"{row.Row * 60},3.5,{(row.Row == 30 ? "" : "0.001234")}"));
        AnalyzeResult result = Analyzed.Text("a.bdf.csv", text);
        Assert.Contains(result.Findings, finding => finding is { Code: "missing_value", Row: 30 });
        Assert.Equal(1.234e-3, Assert.Single(result.Cycling!.Steps).ChargeAh, 1e-12);
    }

    [Fact]
    public void Charge_and_discharge_under_one_sequence_number_are_two_steps_even_with_a_rest_between()
    {
        (double Milliamperes, int Place)[] parts = [(1.234, 0), (0, 1), (-1.1, 2), (0, 3), (1.234, 4), (0, 5), (-1.1, 6)];
        string text = "EC-Lab ASCII FILE\nNb header lines : 3\nmode\tNs\ttime/s\tEwe/V\t<I>/mA\n" + Analyzed.Lines(parts.SelectMany(part => Hour(part.Milliamperes).Select(row =>
            (FormattableString)$"1\t0\t{(3600 * part.Place) + (row.Row * 60)}\t3.5\t{row.Milliamperes}")));
        CyclingSection cycling = Analyzed.Text("a.mpt", text).Cycling!;
        Assert.Equal([1, 2], cycling.Cycles.Select(cycle => cycle.Cycle));
        Assert.All(cycling.Cycles, cycle => Assert.Equal(1.1e-3, cycle.DischargeAh, 1e-9));
    }
}
