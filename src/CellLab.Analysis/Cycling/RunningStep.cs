using CellLab.Core.Cycles;
using CellLab.Core.Records;

namespace CellLab.Analysis.Cycling;

/// <summary>The step that is being executed, as far as its records are here: the serialisable state between two records.</summary>
public sealed class RunningStep
{
    public required int Segment { get; init; }
    public required int StepCount { get; init; }
    public required StepKind Kind { get; init; }
    public required string Block { get; init; }
    public required int Pass { get; init; }
    public required long FirstRecord { get; init; }
    public int? InstrumentCycle { get; set; }
    public double StartSeconds { get; set; }
    public double StartUtcSeconds { get; set; }
    public double StartVolts { get; set; }
    public double LargestAmperes { get; set; }

    public long LastRecord { get; set; }
    public long? LastRecordNumber { get; set; }
    public double LastSeconds { get; set; }
    public double LastUtcSeconds { get; set; }
    public double LastVolts { get; set; }
    public double LastAmperes { get; set; }

    public CounterTrack Capacity { get; set; } = new();
    public CounterTrack Energy { get; set; } = new();
    public HalfSums Integrated { get; set; }
    public ConstantCurrentPart Constant { get; set; }
    public int Gaps { get; set; }
    public int CounterFalls { get; set; }

    public HalfSums Sums => new(Capacity.Value.Charge, Capacity.Value.Discharge, Energy.Value.Charge, Energy.Value.Discharge);

    public StepResult ToResult(int cycle) => new(
        Segment,
        StepCount,
        cycle,
        Kind,
        Block,
        Pass,
        InstrumentCycle,
        FirstRecord,
        LastRecord,
        StartSeconds,
        LastSeconds,
        StartVolts,
        LastVolts,
        Capacity.Counted,
        Sums,
        Integrated,
        Capacity.PendingEstimated,
        Gaps,
        CounterFalls);
}
