namespace CellLab.Core.Protocols;

/// <summary>A loop and the entry of the first step that it repeats (tags skipped: a tag stands for the step after it).</summary>
internal sealed record LoopSpan(LoopBack Loop, int First)
{
    public static LoopSpan Of(LoopBack loop, int target, IReadOnlyList<ProtocolStep> steps)
    {
        int first = target;
        while (first <= steps.Count && steps[first - 1] is TagMark)
        {
            first++;
        }

        return new LoopSpan(loop, first);
    }

    /// <summary>All loops of a method whose targets exist.</summary>
    public static IReadOnlyList<LoopSpan> AllOf(IReadOnlyList<ProtocolStep> steps) =>
        [.. steps.OfType<LoopBack>().Select(loop => Of(loop, TargetOf(loop, steps), steps))];

    private static int TargetOf(LoopBack loop, IReadOnlyList<ProtocolStep> steps) => loop.TargetTag is { } name
        ? steps.OfType<TagMark>().First(mark => mark.Tag == name).Entry
        : loop.TargetEntry;
}
