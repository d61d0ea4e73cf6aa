using System.Globalization;
using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>An end of the whole experiment, which PyBaMM judges after every cycle: <c>"80% capacity"</c> (of the first cycle's) or <c>"2.5 V"</c> (the cycle's lowest
/// voltage at or below it). It becomes an exit of the outermost repeat, where nothing comes after that.</summary>
internal sealed record ExperimentEnd(SourcePosition At, string Text, LoopExits Exit)
{
    private const string Word = "capacity";

    /// <summary>Null with the reason for an end that no exit can say.</summary>
    public static ExperimentEnd? Read(DocumentNode node, out string why)
    {
        why = "a protocol has no place for an end of the whole experiment but a share of the first cycle's capacity and a lowest voltage";
        if (node is not ScalarNode { Text: { } text } || text.Trim() is not { } whole)
        {
            return null;
        }

        if (!whole.EndsWith(Word, StringComparison.Ordinal))
        {
            return PyBammQuantity.TryParse(whole, out PyBammQuantity end) && end.Unit == PyBammUnit.Volt
                ? new ExperimentEnd(node.At, text, new LoopExits { VoltageBelowVolts = end.Value }) : null;
        }

        string number = whole[..^Word.Length].Trim();
        if (number.EndsWith("Ah", StringComparison.Ordinal) || number.EndsWith("A.h", StringComparison.Ordinal))
        {
            why = "an exit knows a share of a cycle's capacity ('capacity < 80 % of cycle 1'), no charge in Ah";
            return null;
        }

        return number.EndsWith('%') && double.TryParse(number[..^1].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and < 100
            ? new ExperimentEnd(node.At, text, new LoopExits { CapacityFraction = percent / 100, OfCycle = 1 })
            : null;
    }

    /// <summary>The parts with the exits, or as they were with a warning for each that says why not.</summary>
    public static IReadOnlyList<ExperimentItem> Apply(IReadOnlyList<ExperimentEnd> ends, IReadOnlyList<ExperimentItem> items, string file, ICollection<Finding> warnings)
    {
        if (ends.Count == 0)
        {
            return items;
        }

        var last = items[^1] as RepeatItem;
        foreach (ExperimentEnd end in ends)
        {
            if (last is not { Passes: > 1 })
            {
                Warn(end, $"not carried over: termination '{end.Text}': the experiment does not end with a repeat that could be left", "put the cycles that are to end into one repeat at the end");
            }
            else if (items.Count > 1)
            {
                string by = end.Exit.CapacityFraction is null ? "by a voltage under load" : "by the capacity of the test's cycle 1";
                Warn(end, $"termination '{end.Text}' ends the repeat at the end alone, {by}; what stands before it always runs", null);
            }
        }

        return last is { Passes: > 1 } ? [.. items.SkipLast(1), last with { Exits = Together(ends) }] : items;

        void Warn(ExperimentEnd end, string message, string? hint) => warnings.Add(new Finding(file, end.At.Line, end.At.Column, message, hint));
    }

    private static LoopExits Together(IReadOnlyList<ExperimentEnd> ends) => new()
    {
        CapacityFraction = ends.Max(end => end.Exit.CapacityFraction), // whichever comes first
        OfCycle = ends.Max(end => end.Exit.OfCycle),
        VoltageBelowVolts = ends.Max(end => end.Exit.VoltageBelowVolts),
    };
}
