namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Finds repeated runs of consecutive parts and writes them as loops: longest run first, of equally long ones the one with the shortest
/// part; at most <see cref="MaxDepth"/> deep. What the loops pass through is the list that was given.</summary>
internal static class LoopFolding
{
    public const int MaxDepth = 2;

    /// <summary>Longest part of a loop that is looked for; bounds the work for long lists without repeats.</summary>
    public const int MaxPeriod = 1000;

    /// <summary>A loop costs two entries, its tag and the way back.</summary>
    private const int LoopCost = 2;

    public static IReadOnlyList<ExperimentItem> Fold(IReadOnlyList<ExperimentItem> items) => Fold(items, Kinds(items), MaxDepth);

    private static List<ExperimentItem> Fold(IReadOnlyList<ExperimentItem> items, int[] kinds, int depth)
    {
        var folded = new List<ExperimentItem>();
        int place = 0;
        foreach (Run run in Chosen(kinds))
        {
            folded.AddRange(items.Skip(place).Take(run.Start - place));
            folded.Add(new RepeatItem(Inner(items, kinds, run, depth), run.Passes));
            place = run.Start + run.Covered;
        }

        folded.AddRange(items.Skip(place));
        return folded;
    }

    private static IReadOnlyList<ExperimentItem> Inner(IReadOnlyList<ExperimentItem> items, int[] kinds, Run run, int depth)
    {
        ExperimentItem[] part = [.. items.Skip(run.Start).Take(run.Period)];
        return depth > 1 ? Fold(part, kinds[run.Start..(run.Start + run.Period)], depth - 1) : part;
    }

    /// <summary>The runs that become loops, in their order.</summary>
    private static List<Run> Chosen(int[] kinds)
    {
        bool[] taken = new bool[kinds.Length];
        var chosen = new List<Run>();
        foreach (Run run in Candidates(kinds).OrderByDescending(run => run.Covered).ThenBy(run => run.Period).ThenBy(run => run.Start))
        {
            if (!taken[run.Start] && !taken[run.Start + run.Covered - 1] && !taken.AsSpan(run.Start, run.Covered).Contains(true))
            {
                taken.AsSpan(run.Start, run.Covered).Fill(true);
                chosen.Add(run);
            }
        }

        return [.. chosen.OrderBy(run => run.Start)];
    }

    private static IEnumerable<Run> Candidates(int[] kinds)
    {
        for (int period = 1; period <= Math.Min(MaxPeriod, kinds.Length / 2); period++)
        {
            int matches = 0;
            for (int i = 0; i + period <= kinds.Length; i++)
            {
                bool same = i + period < kinds.Length && kinds[i] == kinds[i + period];
                if (!same && Of(i - matches, period, (matches / period) + 1) is { } run)
                {
                    yield return run;
                }

                matches = same ? matches + 1 : 0;
            }
        }
    }

    private static Run? Of(int start, int period, int passes) =>
        passes > 1 && passes * period > period + LoopCost ? new Run(start, period, passes) : null;

    /// <summary>Equal parts get equal numbers; where a part stands in the file does not count.</summary>
    private static int[] Kinds(IReadOnlyList<ExperimentItem> items)
    {
        var numbers = new Dictionary<ExperimentItem, int>();
        return [.. items.Select(Placeless).Select(item => numbers.TryGetValue(item, out int known) ? known : numbers[item] = numbers.Count)];
    }

    private static ExperimentItem Placeless(ExperimentItem item) => item switch
    {
        StepItem step => new StepItem(step.Step with { Entry = 0, At = default }),
        RepeatItem repeat => repeat with { Items = [.. repeat.Items.Select(Placeless)] },
        _ => item,
    };

    private readonly record struct Run(int Start, int Period, int Passes)
    {
        public int Covered => Period * Passes;
    }
}
