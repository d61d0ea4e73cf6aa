namespace CellLab.Core.Programs;

/// <summary>Does the work of <see cref="SegmentPlan"/>.</summary>
internal sealed class StageSplitter(CellProgram program, ExecutorAbility ability)
{
    private const string RestsBetween = "the cell rests at open circuit from the end of the program before until this one starts";

    private readonly List<Stage> _stages = [];
    private (StageReason Reason, string Why) _next = (StageReason.Start, "the program begins");

    public IReadOnlyList<Stage> Split()
    {
        Split(new ProgramShape(program.Steps).Parts, 0);
        return _stages;
    }

    /// <param name="given">A block that is passed once and holds a step of another instrument is opened, so that its first steps stay with those before it;
    /// at its end a stage ends.</param>
    private void Split(IReadOnlyList<ProgramPart> given, long place)
    {
        var ends = new HashSet<ProgramPart>(ReferenceEqualityComparer.Instance);
        ProgramPart[] parts = [.. given.SelectMany(part => Opened(part, ends))];
        int open = 0;
        long openPlace = place;
        for (int i = 0; i < parts.Length; i++)
        {
            ProgramPart part = parts[i];
            if (part.Step is OtherInstrumentStep { StopsCycler: true } other)
            {
                Close(parts, open, i, openPlace, place);
                AddOther(parts, i, place, other);
                (open, openPlace) = (i + 1, place + part.Count);
            }
            else if (IsUnrolled(part))
            {
                Close(parts, open, i, openPlace, place);
                Unroll(part, place);
                (open, openPlace) = (i + 1, place + part.Count);
            }
            else if (Boundary(part) is { } boundary)
            {
                Close(parts, open, i + 1, openPlace, place + part.Count);
                (_next, open, openPlace) = (boundary, i + 1, place + part.Count);
            }

            place += part.Count;
            if (ends.Contains(part) && open <= i)
            {
                Close(parts, open, i + 1, openPlace, place);
                (open, openPlace) = (i + 1, place);
            }
        }

        Close(parts, open, parts.Length, openPlace, place);
    }

    private static ProgramPart[] Opened(ProgramPart part, HashSet<ProgramPart> ends)
    {
        if (part.Loop is not { Passes: 1, Exits: null } || !Stops(part))
        {
            return [part];
        }

        ProgramPart[] body = [.. part.Body!.SelectMany(inner => Opened(inner, ends))];
        ends.Add(body[^1]);
        return body;
    }

    /// <summary>It holds a step for which the cycler stops.</summary>
    private static bool Stops(ProgramPart part) => part.Body?.Any(Stops) ?? part.Step is OtherInstrumentStep { StopsCycler: true };

    private void AddOther(IReadOnlyList<ProgramPart> parts, int index, long place, OtherInstrumentStep other)
    {
        _next = (StageReason.OtherInstrument, $"'{other.Kind}' needs {other.Needs}: {other.CellText}");
        Close(parts, index, index + 1, place, place + 1);
        _next = (StageReason.AfterOtherInstrument, $"'{other.Kind}' before it is over");
    }

    private void Unroll(ProgramPart part, long place)
    {
        bool stops = Stops(part);
        for (int round = 0; round < part.Loop!.Passes; round++)
        {
            if (round > 0)
            {
                _next = (StageReason.NextPass, $"the next pass of '{part.Step.Block}' begins, in which {(stops ? "another instrument or a person acts" : "other repeats may be left early")}");
            }

            Split(part.Body!, place + round * part.BodyCount);
        }

        _next = stops
            ? (StageReason.AfterOtherInstrument, $"'{part.Step.Block}' before it, in which another instrument or a person acts, is over")
            : (StageReason.AfterExit, $"'{part.Step.Block}' before it holds repeats that end on a condition");
    }

    /// <summary>A loop is taken apart when the cycler stops within it, or when a loop within it may be left while it goes on itself.</summary>
    private bool IsUnrolled(ProgramPart part) => part.Body is { } body && (Stops(part) || HoldsExit(body));

    private bool HoldsExit(IReadOnlyList<ProgramPart> body) => !ability.JudgesExits
        && body.SelectMany(inner => inner.Loops).ToArray() is { } within
        && within.Any(loop => loop.Exits is { } exits && within.Any(left => left.Number == (exits.Leaves == 0 ? loop.Number : exits.Leaves)));

    /// <summary>Why a stage ends with this part; null when it does not.</summary>
    private (StageReason, string)? Boundary(ProgramPart part)
    {
        if (!ability.JudgesExits && part.Loops.FirstOrDefault(loop => loop.Exits is not null) is { } exiting)
        {
            return (StageReason.AfterExit, $"the repeat '{exiting.Block}' before it ends on a condition ({exiting.Exits}) that the instrument cannot judge: the service watches and ends it");
        }

        return !ability.MeasuresCapacity && program.Measured is { } measured && part.Step.Number == measured.LastStep
            ? (StageReason.MeasuredBase, $"its currents follow from the capacity measured in '{measured.Block}' cycle {measured.Pass}")
            : null;
    }

    private void Close(IReadOnlyList<ProgramPart> parts, int from, int to, long firstPlace, long endPlace)
    {
        if (from == to)
        {
            return;
        }

        if (_stages.Count >= SegmentPlan.MaxStages)
        {
            throw new ArgumentException($"the program would be split into more than {SegmentPlan.MaxStages} segments; {(program.Steps.Any(step => step is OtherInstrumentStep { StopsCycler: true })
                ? "let the other instrument act less often" : "run it on a channel that the service steps itself")}");
        }

        int offset = parts[from].FirstNumber - 1;
        int last = parts[to - 1].Step.Number;
        _stages.Add(new Stage(Part(offset, last), offset, firstPlace, endPlace)
        {
            Reason = _next.Reason,
            Why = _next.Why,
            CellBefore = _stages.Count == 0 ? "" : RestsBetween,
            IsWatched = parts.Skip(from).Take(to - from).Any(part => part.Loops.Any(loop => loop.Exits is { } exits && !(ability.JudgesExits && exits.Leaves <= last))),
        });
    }

    private CellProgram Part(int offset, int last) => program with
    {
        Steps = [.. program.Steps.Skip(offset).Take(last - offset).Select(step => Renumbered(step, offset, last))],
        Measured = program.Measured is not { } measured ? null
            : offset >= measured.LastStep ? measured with { FirstStep = 0, LastStep = 0 }
            : ability.MeasuresCapacity ? measured with { FirstStep = measured.FirstStep - offset, LastStep = measured.LastStep - offset }
            : null,
    };

    private ProgramStep Renumbered(ProgramStep step, int offset, int last) => step switch
    {
        LoopStep loop => loop with
        {
            Number = loop.Number - offset,
            FirstStep = loop.FirstStep - offset,
            Exits = ability.JudgesExits && loop.Exits is { } exits && exits.Leaves <= last ? exits with { Leaves = exits.Leaves == 0 ? 0 : exits.Leaves - offset } : null,
        },
        _ => step with { Number = step.Number - offset },
    };
}
