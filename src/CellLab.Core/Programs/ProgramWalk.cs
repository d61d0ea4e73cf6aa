namespace CellLab.Core.Programs;

/// <summary>The executed steps of a program, one after the other; gives every record its block and pass. Any step is reached at once. Without exits
/// the n-th executed step is a pure function of the program. Where a loop is left early, whoever judged it (<see cref="ProgramWatch"/>) tells the
/// walk with <see cref="GoTo"/> how many steps were left out; the count of executed steps runs on.</summary>
public sealed class ProgramWalk
{
    private readonly ProgramShape _shape;
    private (ProgramStep Step, int Pass)? _present;

    /// <exception cref="ArgumentException">The program's loops cross.</exception>
    public ProgramWalk(CellProgram program)
        : this(new ProgramShape(program.Steps))
    {
    }

    internal ProgramWalk(ProgramShape shape)
    {
        _shape = shape;
        _present = _shape.At(0);
    }

    /// <summary>Executed steps so far, the present one included; from 1.</summary>
    public int StepCount { get; private set; } = 1;

    /// <summary>Steps of the program that were not executed because a loop was left early, or that other programs had executed before.</summary>
    public long Skipped { get; private set; }

    /// <summary>Place of the present step in the whole program, from 0: executed and skipped steps before it.</summary>
    public long Place => StepCount - 1L + Skipped;

    /// <summary>How many steps the program executes at most (2147483647 stands for more).</summary>
    public int TotalSteps => (int)Math.Min(_shape.Count, int.MaxValue);

    /// <summary>The present step; null once the program is over.</summary>
    public ProgramStep? Current => _present?.Step;

    /// <summary>Which pass of the innermost loop round the present step this is, from 1; 1 outside every loop.</summary>
    public int Pass => _present?.Pass ?? 1;

    /// <summary>Goes to the next executed step. False at the end of the program.</summary>
    public bool MoveNext() => Current is not null && MoveTo(StepCount + 1);

    /// <summary>Goes forward to the n-th executed step (never back). False when the program ends before it.</summary>
    public bool MoveTo(int stepCount) => GoTo(Math.Max(stepCount, StepCount), Skipped);

    /// <summary>The n-th executed step, where so many steps have been left out so far. False when the program ends before it.</summary>
    public bool GoTo(int stepCount, long skipped)
    {
        Skipped = skipped;
        StepCount = (int)Math.Min(stepCount, Math.Min(Math.Max(0, _shape.Count - skipped), int.MaxValue - 1) + 1);
        _present = _shape.At(Place);
        return Current is not null;
    }

    /// <summary>How many steps a program executes at most.</summary>
    public static int CountOf(CellProgram program) => new ProgramWalk(program).TotalSteps;
}
