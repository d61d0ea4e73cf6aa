using System.Text.Json;
using CellLab.Core.Cycles;
using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.Engine.Live;

/// <summary>What a <see cref="RecordTracker"/> remembers after the last stored record.</summary>
internal sealed record TrackerState
{
    public CycleState Cycle { get; init; }
    public GuardState Guard { get; init; }
    public int StepCount { get; init; }
    public double StepSeconds { get; init; }
    public double StepAmpereHours { get; init; }
    public double CurrentAmperes { get; init; }
    public bool HasGaps { get; init; }
    /// <summary>The executed steps have left the order of the program; told once.</summary>
    public bool HasStrayed { get; init; }
    /// <summary>What exits of loops and a measured rate base need; null for a program without.</summary>
    public ProgramMemory? Memory { get; init; }
    /// <summary>What the step at the segment's first place had done before it was cut.</summary>
    public double CarriedSeconds { get; init; }
    public double CarriedAmpereHours { get; init; }
    /// <summary>Segment's own time of the last record.</summary>
    public double SegmentSeconds { get; init; }
    /// <summary>Steps of the segment's program left out so far by whoever runs it.</summary>
    public long LeftOut { get; init; }
    /// <summary>A loop was left: the segment is stopped, the job goes on at this place.</summary>
    public long? LeftTo { get; init; }

    /// <summary>Time and signed charge of the present step, over a cut.</summary>
    public double DoneSeconds() => StepSeconds + (StepCount <= 1 ? CarriedSeconds : 0);

    public double DoneAmpereHours() => StepAmpereHours + (StepCount <= 1 ? CarriedAmpereHours : 0);

    /// <summary>What a new segment begins with.</summary>
    public TrackerState AtSeam() => new() { Cycle = Cycle, HasGaps = HasGaps, Memory = Memory };

    public string ToToken() => JsonSerializer.Serialize(this);

    public static TrackerState FromToken(string? token) =>
        token is null ? new TrackerState() : JsonSerializer.Deserialize<TrackerState>(token) ?? new TrackerState();
}
