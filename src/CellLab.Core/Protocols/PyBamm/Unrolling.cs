namespace CellLab.Core.Protocols.PyBamm;

/// <summary>The steps of a protocol in the order in which they are run, loops passed through.</summary>
internal static class Unrolling
{
    /// <summary>Stops after <paramref name="limit"/> steps, however often the loops go round.</summary>
    public static IReadOnlyList<ProtocolStep> Of(IReadOnlyList<ProtocolStep> entries, int limit)
    {
        Dictionary<int, int> firsts = LoopSpan.AllOf(entries).ToDictionary(span => span.Loop.Entry, span => span.First);
        int[] passed = new int[entries.Count + 1];
        var steps = new List<ProtocolStep>();
        for (int entry = 1; entry <= entries.Count && steps.Count < limit; entry++)
        {
            switch (entries[entry - 1])
            {
                case TagMark:
                    break;
                case LoopBack loop:
                    passed[entry]++;
                    bool done = passed[entry] >= loop.Passes;
                    passed[entry] = done ? 0 : passed[entry]; // an outer loop begins it anew
                    entry = done ? entry : firsts[entry] - 1;
                    break;
                case var step:
                    steps.Add(step);
                    break;
            }
        }

        return steps;
    }
}
