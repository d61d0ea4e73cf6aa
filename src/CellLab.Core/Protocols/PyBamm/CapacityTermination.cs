using System.Globalization;
using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>The end of an experiment at a share of its first cycle's capacity: <c>"80% capacity"</c>. It becomes the exit of the outermost repeat, where
/// nothing comes after that.</summary>
internal sealed record CapacityTermination(SourcePosition At, string Text, double Share)
{
    private const string Word = "capacity";

    /// <summary>Null for any other end: a voltage, a capacity in Ah.</summary>
    public static CapacityTermination? Read(DocumentNode node)
    {
        if (node is not ScalarNode { Text: { } text } || text.Trim() is not { } whole || !whole.EndsWith(Word, StringComparison.Ordinal))
        {
            return null;
        }

        string number = whole[..^Word.Length].Trim();
        return number.EndsWith('%') && double.TryParse(number[..^1].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and < 100
            ? new CapacityTermination(node.At, text, percent / 100)
            : null;
    }

    /// <summary>The parts with the exit, or as they were with a warning that says why not.</summary>
    public IReadOnlyList<ExperimentItem> Apply(IReadOnlyList<ExperimentItem> items, string file, ICollection<Finding> warnings)
    {
        if (items is not [.., RepeatItem { Passes: > 1 } last])
        {
            warnings.Add(new Finding(file, At.Line, At.Column,
                $"not carried over: termination '{Text}': the experiment does not end with a repeat that could be left", "put the cycles that are to end into one repeat at the end"));
            return items;
        }

        if (items.Count > 1)
        {
            warnings.Add(new Finding(file, At.Line, At.Column,
                $"termination '{Text}' ends the repeat at the end alone, by the capacity of the test's cycle 1; what stands before it always runs"));
        }

        return [.. items.SkipLast(1), last with { Exits = new LoopExits { CapacityFraction = Share, OfCycle = 1 } }];
    }
}
