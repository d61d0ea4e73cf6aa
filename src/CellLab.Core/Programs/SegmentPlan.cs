namespace CellLab.Core.Programs;

/// <summary>
/// Divides a job's program into stages for an executor that cannot decide everything alone. Each stage is run as one segment; between two segments the
/// cell rests at open circuit. Pure: the same plan comes from the same program, before the start (preview), at the start, and after a restart.
/// <para>How a service uses it: keep the job's whole program and a <see cref="ProgramMemory"/> for the whole job. Start
/// <c>StageAt(0)</c>. Place of a record = <see cref="Stage.FirstPlace"/> + its executed step in the segment - 1; block, pass and step of the job come from
/// <c>walk.GoTo(1, place)</c> on the whole program. Give every record's voltage to <see cref="ProgramWatch.Measured"/> and every ended step to
/// <see cref="ProgramWatch.StepEnded"/>, always with places of the whole program. When that returns a <see cref="LoopLeft"/>, stop the segment and
/// start <c>StageAt(turn.NextPlace)</c>; when a segment ends by itself, start <c>StageAt(stage.EndPlace)</c>. Null: the job is done.</para>
/// <para>Where it splits: after a repeat with an exit (the service ends it), at each pass of a repeat round such repeats, and after the cycle that measures
/// what 1C is. An executor with both abilities gets one stage. For everybody it splits before and after a step of another instrument or a person that stops the
/// cycler; such a step is a stage of its own (<see cref="Stage.Other"/>), and a loop round it is taken apart. Steps beside a cycler that goes on are no reason.</para>
/// </summary>
public sealed class SegmentPlan
{
    /// <summary>More stages than this are refused: such a program is for an executor that judges exits itself.</summary>
    public const int MaxStages = 2000;

    private SegmentPlan(IReadOnlyList<Stage> stages) => Stages = stages;

    /// <summary>In order, at least one; they cover every place of the program.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>The stage that holds this place, null after the end. After an exit or the end of a stage it begins with that place.</summary>
    public Stage? StageAt(long place) => Stages.FirstOrDefault(stage => place >= stage.FirstPlace && place < stage.EndPlace);

    /// <exception cref="ArgumentException">Loops cross, or there would be more than <see cref="MaxStages"/> stages.</exception>
    public static SegmentPlan Of(CellProgram program, ExecutorAbility ability)
    {
        bool whole = (ability.JudgesExits || program.Steps.OfType<LoopStep>().All(loop => loop.Exits is null))
            && (ability.MeasuresCapacity || program.Measured is null)
            && !program.Steps.Any(step => step is OtherInstrumentStep { StopsCycler: true });
        return new SegmentPlan(whole
            ? [new Stage(program, 0, 0, Math.Max(1, new ProgramShape(program.Steps).Count)) { Why = "the program begins" }]
            : new StageSplitter(program, ability).Split());
    }
}
