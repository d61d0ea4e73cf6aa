using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Writes the parts of an experiment as the entries of a protocol: every loop gets a tag of its own.</summary>
internal sealed class ExperimentEntries
{
    private readonly List<ProtocolStep> _entries = [];
    private int _loops;

    public static IReadOnlyList<ProtocolStep> Of(IReadOnlyList<ExperimentItem> items)
    {
        var entries = new ExperimentEntries();
        entries.Add(items);
        return entries._entries;
    }

    private int Next => _entries.Count + 1;

    private void Add(IReadOnlyList<ExperimentItem> items)
    {
        foreach (ExperimentItem item in items)
        {
            switch (item)
            {
                case StepItem { Step: var step }:
                    _entries.Add(step with { Entry = Next });
                    break;
                case RepeatItem repeat:
                    Add(repeat);
                    break;
            }
        }
    }

    private void Add(RepeatItem repeat)
    {
        string tag = FormattableString.Invariant($"cycles-{++_loops}");
        int first = _entries.Count;
        _entries.Add(new TagMark(Next, default, null, tag));
        Add(repeat.Items);
        SourcePosition at = _entries.Skip(first + 1).Select(step => step.At).FirstOrDefault();
        _entries[first] = _entries[first] with { At = at };
        _entries.Add(new LoopBack(Next, at, null, tag, 0, repeat.Passes) { Exits = repeat.Exits });
    }
}
