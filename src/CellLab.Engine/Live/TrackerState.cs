using System.Text.Json;
using CellLab.Core.Cycles;
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

    public string ToToken() => JsonSerializer.Serialize(this);

    public static TrackerState FromToken(string? token) =>
        token is null ? new TrackerState() : JsonSerializer.Deserialize<TrackerState>(token) ?? new TrackerState();
}
