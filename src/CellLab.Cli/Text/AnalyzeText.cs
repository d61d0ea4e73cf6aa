using System.Globalization;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Cli.Text;

/// <summary>The analysis of a file for people: what it is, what is wrong with it, and a short table of each section.</summary>
internal static class AnalyzeText
{
    private const int MostFindings = 20;

    public static void Write(TextWriter output, AnalyzeResult result)
    {
        WriteFile(output, result);
        if (result.Cycling is { } cycling)
        {
            WriteCycling(output, cycling);
        }

        if (result.Eis is { } eis)
        {
            AnalyzeTables.Write(output, eis);
        }

        if (result.Gitt is { } gitt)
        {
            AnalyzeTables.Write(output, gitt);
        }

        if (result.Xrd is { } xrd)
        {
            AnalyzeTables.Write(output, xrd);
        }

        if (result.Dems is { } dems)
        {
            AnalyzeTables.Write(output, dems);
        }
    }

    public static void WriteFile(TextWriter output, AnalyzeResult result)
    {
        output.WriteLine(Text($"{result.File.Path}: {result.File.Format}, {result.File.Rows} rows, {result.Findings.Count} findings"));
        foreach (FindingEntry finding in result.Findings.Take(MostFindings))
        {
            output.WriteLine($"  {finding.Severity}: {finding.Message}");
        }

        if (result.Findings.Count > MostFindings)
        {
            output.WriteLine(Text($"  and {result.Findings.Count - MostFindings} more; --json lists them"));
        }
    }

    private static void WriteCycling(TextWriter output, CyclingSection cycling)
    {
        output.WriteLine();
        output.WriteLine(Text($"{cycling.Steps.Count} steps; cycles, {cycling.Leading} first; a step counts from 0.1 % of {cycling.NominalAh * 1e3:0.####} mAh ({cycling.NominalFrom})"));
        TextTable.Write(
            output,
            ["cycle", "charge mAh", "discharge mAh", "CE %", "EE %", "mean charge V", "mean discharge V", "dQ/dV peaks, charge V", "discharge V"],
            [.. cycling.Cycles.Select(cycle => Row(cycle, cycling.DqDv))]);
    }

    private static string[] Row(CycleEntry cycle, IReadOnlyList<DqDvEntry> dqdv) =>
    [
        Text($"{cycle.Cycle}"), Text($"{cycle.ChargeAh * 1e3:0.00000}"), Text($"{cycle.DischargeAh * 1e3:0.00000}"), Text($"{cycle.CoulombicEfficiencyPercent:0.00}"),
        Text($"{cycle.EnergyEfficiencyPercent:0.00}"), Text($"{cycle.MeanChargeVoltageV:0.0000}"), Text($"{cycle.MeanDischargeVoltageV:0.0000}"),
        Peaks(dqdv, cycle.Cycle, "charge"), Peaks(dqdv, cycle.Cycle, "discharge"),
    ];

    private static string Peaks(IReadOnlyList<DqDvEntry> dqdv, int cycle, string direction) =>
        string.Join(' ', dqdv.Where(entry => entry.Cycle == cycle && entry.Direction == direction).SelectMany(entry => entry.Peaks).Select(peak => Text($"{peak.VoltageV:0.000}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
