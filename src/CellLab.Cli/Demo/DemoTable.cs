using System.Globalization;
using CellLab.Cli.Text;

namespace CellLab.Cli.Demo;

/// <summary>The results table, one part for each cell.</summary>
internal static class DemoTable
{
    private static readonly string[] Headers = ["quantity", "measured", "expected", "unit", "deviation", "tolerance", ""];

    public static void Write(TextWriter output, DemoOutcome outcome)
    {
        output.WriteLine();
        output.WriteLine($"{outcome.Cell.Sample}  job {outcome.Job}  {outcome.State}{(outcome.Verdict is null ? "" : $" ({outcome.Verdict})")}  {outcome.Counts}");
        TextTable.Write(output, Headers, [.. outcome.Comparisons.Select(Row)]);
    }

    private static string[] Row(Comparison row) =>
    [
        row.Quantity,
        row.Measured is { } measured ? Number(measured, "0.0") : "missing",
        Number(row.Expected, "0.0"),
        row.Unit,
        row.DeviationPercent is { } deviation ? Number(deviation, "+0.00;-0.00") + "%" : "",
        Number(row.TolerancePercent, "0.0") + "%",
        row.IsWithin ? "pass" : "FAIL",
    ];

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
