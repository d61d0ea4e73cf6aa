namespace CellLab.Core.Programs;

/// <summary>Why a new stage begins.</summary>
public enum StageReason
{
    /// <summary>The program begins.</summary>
    Start,

    /// <summary>Before it stands a repeat that may be left early.</summary>
    AfterExit,

    /// <summary>It is one pass of a repeat round others that may be left early.</summary>
    NextPass,

    /// <summary>Its currents follow from a capacity that was measured before it.</summary>
    MeasuredBase,

    /// <summary>It is a step of another instrument or a person.</summary>
    OtherInstrument,

    /// <summary>Before it stands such a step.</summary>
    AfterOtherInstrument,
}

/// <summary>A part of a program that one executor runs without a break: one segment of the job. Its steps stand in the program without a gap, so step k of
/// the stage is step k + <see cref="StepOffset"/> of the program, and executed step n of the stage is place <see cref="FirstPlace"/> + n - 1.</summary>
public sealed record Stage
{
    internal Stage(CellProgram part, int stepOffset, long firstPlace, long endPlace) =>
        (_part, StepOffset, FirstPlace, EndPlace) = (part, stepOffset, firstPlace, endPlace);

    private readonly CellProgram _part;

    /// <summary>Place of its first executed step in the whole program (<see cref="ProgramWalk.Place"/>).</summary>
    public long FirstPlace { get; }

    /// <summary>The place after its last executed step, when no loop is left early.</summary>
    public long EndPlace { get; }

    public int StepOffset { get; }

    public StageReason Reason { get; init; }

    /// <summary>One sentence: why the program is split before it.</summary>
    public string Why { get; init; } = "";

    /// <summary>One sentence: what the cell does before it; empty for the first.</summary>
    public string CellBefore { get; init; } = "";

    /// <summary>The service watches it with a <see cref="ProgramWatch"/> and stops it when that says that a loop is left.</summary>
    public bool IsWatched { get; init; }

    /// <summary>The step, where the stage is one that another instrument or a person does, numbered as in the whole program; null for a stage of the cycler.</summary>
    public OtherInstrumentStep? Other => _part.Steps is [OtherInstrumentStep { StopsCycler: true } only] ? only with { Number = only.Number + StepOffset } : null;

    /// <summary>Its currents need the capacity measured earlier (<see cref="ProgramMemory.MeasuredAmpereHours"/>).</summary>
    public bool NeedsMeasuredCapacity => _part.Measured is not null;

    /// <summary>What the executor gets: loops only count, every current is fixed, steps are numbered from 1.</summary>
    /// <param name="measuredAmpereHours">Used only where it <see cref="NeedsMeasuredCapacity"/>.</param>
    /// <exception cref="ArgumentNullException">The measured capacity is needed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is not plausible; the message is for a person.</exception>
    public CellProgram ProgramFor(double? measuredAmpereHours = null) => !NeedsMeasuredCapacity
        ? _part
        : _part.WithMeasuredCapacity(measuredAmpereHours ?? throw new ArgumentNullException(nameof(measuredAmpereHours), $"the stage from place {FirstPlace} on needs the measured capacity"));
}
