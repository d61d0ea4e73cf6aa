namespace CellLab.Core.Programs;

/// <summary>The nesting of a program's loops with the number of executed steps of every part, so that the n-th executed step is found without
/// walking through the ones before it. Counts stop at <see cref="long.MaxValue"/>.</summary>
internal sealed class ProgramShape
{
    private readonly IReadOnlyList<Part> _parts;

    /// <exception cref="ArgumentException">Loops cross, or a loop goes forward.</exception>
    public ProgramShape(IReadOnlyList<ProgramStep> steps)
    {
        _parts = Parts(steps, 0, steps.Count);
        Count = Sum(_parts);
    }

    /// <summary>Executed steps in all.</summary>
    public long Count { get; }

    /// <summary>The executed step with this index from 0, and the pass of its innermost loop from 1; null after the end.</summary>
    public (ProgramStep Step, int Pass)? At(long index) => index < Count ? Find(_parts, index, 1) : null;

    private static (ProgramStep Step, int Pass) Find(IReadOnlyList<Part> parts, long index, int pass)
    {
        int i = 0;
        while (index >= parts[i].Count)
        {
            index -= parts[i++].Count;
        }

        Part part = parts[i];
        return part.Body is null ? (part.Step, pass) : Find(part.Body, index % part.BodyCount, (int)(index / part.BodyCount) + 1);
    }

    /// <summary>Steps first to end (indices, end excluded); where several loops begin at one step the longest is the outermost.</summary>
    private static List<Part> Parts(IReadOnlyList<ProgramStep> steps, int first, int end)
    {
        var parts = new List<Part>();
        int i = first;
        while (i < end)
        {
            int close = OutermostLoopFrom(steps, i, end);
            if (close >= 0)
            {
                List<Part> body = Parts(steps, i, close);
                long count = Sum(body);
                parts.Add(new Part(steps[close], body, count, Times(count, ((LoopStep)steps[close]).Passes)));
                i = close + 1;
                continue;
            }

            if (steps[i] is LoopStep loop)
            {
                throw new ArgumentException($"the loop of step {loop.Number} crosses another one or holds no step", nameof(steps));
            }

            parts.Add(new Part(steps[i++], null, 0, 1));
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

    private static long Sum(IReadOnlyList<Part> parts) => parts.Aggregate(0L, (sum, part) => sum > long.MaxValue - part.Count ? long.MaxValue : sum + part.Count);

    private static long Times(long count, int passes) => count > long.MaxValue / Math.Max(1, passes) ? long.MaxValue : count * Math.Max(1, passes);

    /// <summary>A step, or with a body the loop step that closes it. <paramref name="Count"/> is the number of executed steps of all passes.</summary>
    private sealed record Part(ProgramStep Step, IReadOnlyList<Part>? Body, long BodyCount, long Count);
}
