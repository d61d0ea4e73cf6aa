namespace CellLab.Core.Programs;

/// <summary>The executed steps of a program, one after the other: the n-th executed step is a pure function of the program as long as no exit
/// condition of the instrument's own interferes. Gives every record its block and pass.</summary>
public sealed class ProgramWalk
{
    private readonly CellProgram _program;
    private readonly Dictionary<int, int> _passesDone = [];
    private int _position;

    public ProgramWalk(CellProgram program)
    {
        _program = program;
        _position = 0;
        StepOverLoops();
    }

    /// <summary>Executed steps so far, the present one included; from 1.</summary>
    public int StepCount { get; private set; } = 1;

    /// <summary>The present step; null once the program is over.</summary>
    public ProgramStep? Current => _position < _program.Steps.Count ? _program.Steps[_position] : null;

    /// <summary>Which pass of the innermost loop round the present step this is, from 1; 1 outside every loop.</summary>
    public int Pass => Current is { } step && InnermostLoop(step.Number) is { } loop ? _passesDone.GetValueOrDefault(loop.Number) + 1 : 1;

    /// <summary>Goes to the next executed step. False at the end of the program.</summary>
    public bool MoveNext()
    {
        if (Current is null)
        {
            return false;
        }

        _position++;
        StepCount++;
        StepOverLoops();
        return Current is not null;
    }

    /// <summary>Goes forward to the n-th executed step. False when the program ends before it.</summary>
    public bool MoveTo(int stepCount)
    {
        while (StepCount < stepCount)
        {
            if (!MoveNext())
            {
                return false;
            }
        }

        return Current is not null;
    }

    /// <summary>How many steps a program executes in all.</summary>
    public static int CountOf(CellProgram program)
    {
        var walk = new ProgramWalk(program);
        int count = 0;
        while (walk.Current is not null)
        {
            count++;
            walk.MoveNext();
        }

        return count;
    }

    private void StepOverLoops()
    {
        while (_position < _program.Steps.Count && _program.Steps[_position] is LoopStep loop)
        {
            int done = _passesDone.GetValueOrDefault(loop.Number) + 1;
            if (done < loop.Passes)
            {
                _passesDone[loop.Number] = done;
                _position = loop.FirstStep - 1;
            }
            else
            {
                _passesDone.Remove(loop.Number); // an outer loop may enter it again
                _position++;
            }
        }
    }

    private LoopStep? InnermostLoop(int number) => _program.Steps
        .OfType<LoopStep>()
        .Where(loop => loop.FirstStep <= number && number < loop.Number)
        .MinBy(loop => loop.Number - loop.FirstStep);
}
