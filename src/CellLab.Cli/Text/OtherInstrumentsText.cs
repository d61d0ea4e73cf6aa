using System.Globalization;
using CellLab.Service.Offline.Preview;

namespace CellLab.Cli.Text;

/// <summary>The steps of a rehearsal that need more than the cycler.</summary>
internal static class OtherInstrumentsText
{
    public static void Write(TextWriter output, IReadOnlyList<PreviewedOther> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("other instruments and people (durations are estimates)");
        TextTable.Write(output, ["step", "block", "kind", "needs", "lasts", "passes", "program", "what the cell does"], [.. steps.Select(Row)]);
    }

    private static string[] Row(PreviewedOther step) =>
    [
        Text($"{step.Step}"), step.Block, step.Kind, step.Needs, Lasts(step), Text($"{step.Passes}"), step.SplitsProgram ? "split here" : "goes on", step.Cell,
    ];

    private static string Lasts(PreviewedOther step) =>
        step.ExpectedS is { } seconds ? $"about {DurationText.Of(seconds)}" : step.SplitsProgram ? "unknown" : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
