namespace CellLab.Core.Programs;

/// <summary>Makes the program of what is left after a cut: the rest of the interrupted step, the rest of the interrupted pass, the remaining passes of
/// every loop round it from the inside out, and all that follows. Loops that are still whole stay loops. Pure.</summary>
public sealed class ProgramRemainder
{
    private readonly List<ProgramStep> _steps = [];
    private readonly List<int> _numbers = [];
    private readonly ReachedPlace _reached;

    private ProgramRemainder(ReachedPlace reached) => _reached = reached;

    /// <returns>Null when nothing is left.</returns>
    /// <exception cref="ArgumentException">Loops cross, or a current is to follow from a capacity that is not measured yet.</exception>
    public static Remainder? Of(CellProgram program, ReachedPlace reached)
    {
        if (program.Measured is not null)
        {
            throw new ArgumentException("its currents are not fixed yet", nameof(program));
        }

        var shape = new ProgramShape(program.Steps);
        if (shape.At(reached.Place) is { } at && StepRest.Of(at.Step, reached) is null)
        {
            reached = new ReachedPlace(reached.Place + 1, 0, 0);
        }

        if (reached.Place >= shape.Count)
        {
            return null;
        }

        var remainder = new ProgramRemainder(reached);
        remainder.AddFrom(shape.Parts, reached.Place);
        return new Remainder(program with { Steps = remainder._steps }, reached.Place, remainder._numbers);
    }

    /// <summary>The parts from this place within them on.</summary>
    private void AddFrom(IReadOnlyList<ProgramPart> parts, long place)
    {
        int i = 0;
        while (place >= parts[i].Count)
        {
            place -= parts[i++].Count;
        }

        if (parts[i] is { Body: { } body } loop)
        {
            long round = place / loop.BodyCount;
            AddFrom(body, place % loop.BodyCount);
            AddPasses(loop, (int)(round + 1));
        }
        else
        {
            Add(StepRest.Of(parts[i].Step, _reached)!);
        }

        AddWhole(parts.Skip(i + 1));
    }

    /// <summary>The passes of a loop that have not begun; a single one needs no loop.</summary>
    private void AddPasses(ProgramPart part, int done)
    {
        LoopStep loop = part.Loop!;
        int left = loop.Passes - done;
        if (left <= 0)
        {
            return;
        }

        int first = _steps.Count + 1;
        AddWhole(part.Body!);
        if (left > 1 || loop.Exits is not null)
        {
            Add(loop with { FirstStep = first, Passes = left, FirstPass = loop.FirstPass + done });
        }
    }

    private void AddWhole(IEnumerable<ProgramPart> parts)
    {
        foreach (ProgramPart part in parts)
        {
            int first = _steps.Count + 1;
            if (part.Body is { } body)
            {
                AddWhole(body);
                Add(part.Loop! with { FirstStep = first });
            }
            else
            {
                Add(part.Step);
            }
        }
    }

    private void Add(ProgramStep step)
    {
        _numbers.Add(step.Number);
        _steps.Add(step with { Number = _steps.Count + 1 });
    }
}
