using System.Globalization;
using CellLab.Cli.Text;

namespace CellLab.Cli.Demo;

/// <summary>The results table, one part for each cell.</summary>
internal static class DemoTable
{
    private static readonly string[] Headers = ["quantity", "measured", "expected", "unit", "deviation", "tolerance", "", "paper"];

    public static void Write(TextWriter output, DemoOutcome outcome)
    {
        output.WriteLine();
        output.WriteLine($"{outcome.Sample}  job {outcome.Job}  {outcome.State}{(outcome.Verdict is null ? "" : $" ({outcome.Verdict})")}  {outcome.Counts}");
        bool paper = outcome.Comparisons.Any(row => row.Paper.Length > 0);
        TextTable.Write(output, paper ? Headers : Headers[..^1], [.. outcome.Comparisons.Select(row => paper ? Row(row) : Row(row)[..^1])]);
        foreach (string note in outcome.Notes)
        {
            output.WriteLine(note);
        }
    }

    private static string[] Row(Comparison row) =>
    [
        row.Quantity,
        row.Measured is { } measured ? Number(measured, row.Format) : "missing",
        Number(row.Expected, row.Format),
        row.Unit,
        row.Deviation is { } deviation ? DeviationText(row, deviation) : "",
        row.Tolerance.ToString(),
        row.IsWithin ? "pass" : "FAIL",
        row.Paper,
    ];

    private static string DeviationText(Comparison row, double deviation) =>
        row.Tolerance.IsPercent ? Number(deviation, "+0.00;-0.00;0.00") + "%" : Number(deviation, "+0.0###;-0.0###;0.0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
