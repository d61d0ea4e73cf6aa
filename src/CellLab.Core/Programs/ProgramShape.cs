namespace CellLab.Core.Programs;

/// <summary>The nesting of a program's loops with the number of executed steps of every part, so that the n-th executed step is found without
/// walking through the ones before it. Counts stop at <see cref="long.MaxValue"/>.</summary>
internal sealed class ProgramShape
{
    /// <exception cref="ArgumentException">Loops cross, or a loop goes forward.</exception>
    public ProgramShape(IReadOnlyList<ProgramStep> steps)
    {
        Parts = PartsOf(steps, 0, steps.Count);
        Count = Sum(Parts);
    }

    public IReadOnlyList<ProgramPart> Parts { get; }

    /// <summary>Executed steps in all, when no loop is left early.</summary>
    public long Count { get; }

    /// <summary>The executed step at this place from 0, and the pass of its innermost loop; null after the end.</summary>
    public (ProgramStep Step, int Pass)? At(long place) => place < Count ? Find(Parts, place, 1, null, 0) : null;

    /// <summary>The loops round a place, the innermost first.</summary>
    public IReadOnlyList<LoopPlace> Around(long place)
    {
        var loops = new List<LoopPlace>();
        Find(Parts, place, 1, loops, 0);
        loops.Reverse();
        return loops;
    }

    private static (ProgramStep Step, int Pass) Find(IReadOnlyList<ProgramPart> parts, long index, int pass, List<LoopPlace>? around, long start)
    {
        int i = 0;
        while (index >= parts[i].Count)
        {
            index -= parts[i].Count;
            start += parts[i++].Count;
        }

        ProgramPart part = parts[i];
        if (part.Body is null)
        {
            return (part.Step, pass);
        }

        long round = index / part.BodyCount;
        int told = PassOf(part.Loop!, round, pass);
        around?.Add(new LoopPlace(part.Loop!, told, start + (round + 1) * part.BodyCount, start + part.Count));
        return Find(part.Body, index % part.BodyCount, told, around, start + round * part.BodyCount);
    }

    private static int PassOf(LoopStep loop, long round, int outerPass) =>
        (int)Math.Min(int.MaxValue, loop.FirstPass + round + (loop.CountsOn ? (outerPass - 1L) * loop.Passes : 0));

    /// <summary>Steps first to end (indices, end excluded); where several loops begin at one step the longest is the outermost.</summary>
    private static List<ProgramPart> PartsOf(IReadOnlyList<ProgramStep> steps, int first, int end)
    {
        var parts = new List<ProgramPart>();
        int i = first;
        while (i < end)
        {
            int close = OutermostLoopFrom(steps, i, end);
            if (close >= 0)
            {
                List<ProgramPart> body = PartsOf(steps, i, close);
                long count = Sum(body);
                parts.Add(new ProgramPart(steps[close], body, count, Times(count, ((LoopStep)steps[close]).Passes)));
                i = close + 1;
                continue;
            }

            if (steps[i] is LoopStep loop)
            {
                throw new ArgumentException($"the loop of step {loop.Number} crosses another one or holds no step", nameof(steps));
            }

            parts.Add(new ProgramPart(steps[i++], null, 0, 1));
        }

        return parts;
    }

    private static int OutermostLoopFrom(IReadOnlyList<ProgramStep> steps, int first, int end)
    {
        for (int i = end - 1; i > first; i--)
        {
            if (steps[i] is LoopStep loop && loop.FirstStep == steps[first].Number)
            {
                return i;
            }
        }

        return -1;
    }

    private static long Sum(IReadOnlyList<ProgramPart> parts) =>
        parts.Aggregate(0L, (sum, part) => sum > long.MaxValue - part.Count ? long.MaxValue : sum + part.Count);

    private static long Times(long count, int passes) => count > long.MaxValue / Math.Max(1, passes) ? long.MaxValue : count * Math.Max(1, passes);
}
