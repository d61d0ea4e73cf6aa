using System.Globalization;
using CellLab.Service.Offline.Preview;

namespace CellLab.Cli.Text;

/// <summary>A rehearsal as a technician reads it: totals, one line a step, the capacities cycle by cycle as a small picture.</summary>
internal static class PreviewText
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const int MostBars = 72;

    public static void Write(TextWriter output, ProtocolPreview preview)
    {
        output.WriteLine(preview.Estimate);
        output.WriteLine(Text(
            $"duration {Duration(preview.DurationS)}, about {preview.Records} records ({preview.Bytes / 1e6:0.0} MB), voltage {preview.LowestV:0.000} to {preview.HighestV:0.000} V at the ends of steps, peak current {CurrentText.Of(preview.PeakCurrentMa * 1e-3)}"));
        output.WriteLine();
        TextTable.Write(output, ["step", "block", "kind", "current", "passes", "first pass", "ends by", "at V", "all passes"], [.. preview.Steps.Select(Row)]);
        WriteCapacities(output, preview.Cycles);
    }

    private static string[] Row(PreviewedStep step) =>
    [
        Text($"{step.Step}"), step.Block, step.Kind, step.CurrentMa is { } current ? CurrentText.Of(current * 1e-3) : "", Text($"{step.Passes}"),
        Duration(step.FirstDurationS), step.FirstEnd, Text($"{step.FirstEndV:0.0000}"), Duration(step.TotalDurationS),
    ];

    private static void WriteCapacities(TextWriter output, IReadOnlyList<PreviewedCycle> cycles)
    {
        double[] discharges = [.. cycles.Select(cycle => cycle.DischargeMahG).OfType<double>()];
        if (discharges.Length == 0)
        {
            return;
        }

        double highest = discharges.Max();
        int every = ((discharges.Length - 1) / MostBars) + 1;
        IEnumerable<char> bars = discharges.Where((_, index) => index % every == 0).Select(value => Bars[(int)(value / highest * (Bars.Length - 1))]);
        output.WriteLine();
        output.WriteLine(Text($"discharge capacity, cycle 1 to {discharges.Length}: {discharges[0]:0.0} to {discharges[^1]:0.0} mAh/g, highest {highest:0.0}"));
        output.WriteLine(string.Concat(bars));
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 120 => Text($"{seconds:0.0} s"),
        < 7200 => Text($"{seconds / 60:0.0} min"),
        < 172800 => Text($"{seconds / 3600:0.00} h"),
        _ => Text($"{seconds / 86400:0.00} d"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
