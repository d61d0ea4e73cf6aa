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

    /// <summary>Step number of the loop round this one that its exits leave; 0 for the loop itself.</summary>
    public int LeftBy(LoopBack loop) => loop.LeavesTag is { } tag && _loops.FirstOrDefault(span => span.Loop.TargetTag == tag) is { } left ? _numbers[left.Loop.Entry] : 0;

    /// <summary>First and last step of the loop; the loop step is the last.</summary>
    public (int First, int Last) SpanOf(LoopBack loop) => (FirstStepOf(loop), _numbers[loop.Entry]);

    /// <summary>The loop lies in another one.</summary>
    public bool IsNested(LoopBack loop) => _loops.Any(span => span.First <= _loops.First(own => own.Loop == loop).First && span.Loop.Entry > loop.Entry);

    /// <summary>Named by the innermost loop round the entry; a loop entry belongs to its own block.</summary>
    public string BlockOf(int entry)
    {
        LoopSpan? innermost = _loops.Where(span => span.First <= entry && entry <= span.Loop.Entry)
            .MinBy(span => span.Loop.Entry - span.First);
        return innermost is null ? MainBlock : innermost.Loop.BlockName ?? innermost.Loop.TargetTag ?? $"loop-{innermost.Loop.Entry}";
    }
}
