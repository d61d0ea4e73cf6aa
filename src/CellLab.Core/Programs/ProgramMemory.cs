using CellLab.Core.Cycles;

namespace CellLab.Core.Programs;

/// <summary>What exits and a measured base need of the past; plain values, stored as JSON with the place they belong to.</summary>
/// <param name="Cycle">Electrochemical count over whole steps.</param>
/// <param name="Present">Discharge of the present cycle so far.</param>
/// <param name="Newest">The newest cycle that has discharged.</param>
/// <param name="References">Cycles that an exit compares with, as far as they have come.</param>
/// <param name="Reached">Loop steps whose voltage was reached in their present pass.</param>
/// <param name="MeasuredAmpereHours">Discharge of the measuring pass so far.</param>
public sealed record ProgramMemory(
    CycleState Cycle, CycleCapacity Present, CycleCapacity Newest, IReadOnlyList<CycleCapacity> References, IReadOnlyList<int> Reached, double MeasuredAmpereHours)
{
    public static ProgramMemory Empty { get; } = new(default, default, default, [], [], 0);
}

/// <summary>Discharge capacity of one electrochemical cycle.</summary>
public readonly record struct CycleCapacity(int Cycle, double DischargeAmpereHours);
