namespace CellLab.Core.Programs;

/// <summary>The executed steps of a program, one after the other: the n-th executed step is a pure function of the program as long as no exit
/// condition of the instrument's own interferes. Gives every record its block and pass. Any step is reached at once.</summary>
public sealed class ProgramWalk
{
    private readonly ProgramShape _shape;
    private (ProgramStep Step, int Pass)? _present;

    /// <exception cref="ArgumentException">The program's loops cross.</exception>
    public ProgramWalk(CellProgram program)
    {
        _shape = new ProgramShape(program.Steps);
        _present = _shape.At(0);
    }

    /// <summary>Executed steps so far, the present one included; from 1.</summary>
    public int StepCount { get; private set; } = 1;

    /// <summary>How many steps the program executes in all (2147483647 stands for more).</summary>
    public int TotalSteps => (int)Math.Min(_shape.Count, int.MaxValue);

    /// <summary>The present step; null once the program is over.</summary>
    public ProgramStep? Current => _present?.Step;

    /// <summary>Which pass of the innermost loop round the present step this is, from 1; 1 outside every loop.</summary>
    public int Pass => _present?.Pass ?? 1;

    /// <summary>Goes to the next executed step. False at the end of the program.</summary>
    public bool MoveNext() => Current is not null && MoveTo(StepCount + 1);

    /// <summary>Goes forward to the n-th executed step (never back). False when the program ends before it.</summary>
    public bool MoveTo(int stepCount)
    {
        if (stepCount > StepCount)
        {
            StepCount = (int)Math.Min(stepCount, Math.Min(_shape.Count, int.MaxValue - 1) + 1);
            _present = _shape.At(StepCount - 1L);
        }

        return Current is not null;
    }

    /// <summary>How many steps a program executes in all.</summary>
    public static int CountOf(CellProgram program) => new ProgramWalk(program).TotalSteps;
}
