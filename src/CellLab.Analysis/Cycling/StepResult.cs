using CellLab.Core.Records;

namespace CellLab.Analysis.Cycling;

/// <summary>One executed step. Times in s since the step's start at its first and last record; charge and energy by the device's counters
/// where it has them (<paramref name="Counted"/>), else by the integral; both as positive numbers.</summary>
/// <param name="Cycle">Electrochemical cycle of the whole step.</param>
/// <param name="EstimatedAh">The part of the charge that no record shows: integrated over gaps and beyond the first and last record.</param>
public sealed record StepResult(
    int Segment,
    int StepCount,
    int Cycle,
    StepKind Kind,
    string Block,
    int Pass,
    int? InstrumentCycle,
    long FirstRecord,
    long LastRecord,
    double StartSeconds,
    double EndSeconds,
    double StartVolts,
    double EndVolts,
    bool Counted,
    HalfSums Sums,
    HalfSums Integrated,
    double EstimatedAh,
    int Gaps,
    int CounterFalls);
