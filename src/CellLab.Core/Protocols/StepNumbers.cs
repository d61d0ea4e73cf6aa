namespace CellLab.Core.Protocols;

/// <summary>Entry numbers (with tags) to step numbers (without), and the block of every entry.</summary>
internal sealed class StepNumbers
{
    /// <summary>Block of steps in no loop.</summary>
    public const string MainBlock = "main";

    private readonly IReadOnlyList<LoopSpan> _loops;
    private readonly int[] _numbers;

    public StepNumbers(IReadOnlyList<ProtocolStep> steps)
    {
        _loops = LoopSpan.AllOf(steps);
        _numbers = new int[steps.Count + 1];
        int number = 0;
        foreach (ProtocolStep step in steps.Where(step => step is not TagMark))
        {
            _numbers[step.Entry] = ++number;
        }
    }

    public int NumberOf(int entry) => _numbers[entry];

    public int FirstStepOf(LoopBack loop) => _numbers[_loops.First(span => span.Loop == loop).First];

    /// <summary>Named by the innermost loop round the entry; a loop entry belongs to its own block.</summary>
    public string BlockOf(int entry)
    {
        LoopSpan? innermost = _loops.Where(span => span.First <= entry && entry <= span.Loop.Entry)
            .MinBy(span => span.Loop.Entry - span.First);
        return innermost is null ? MainBlock : innermost.Loop.BlockName ?? innermost.Loop.TargetTag ?? $"loop-{innermost.Loop.Entry}";
    }
}
