namespace CellLab.Analysis.Cycling;

/// <summary>One electrochemical cycle in raw figures, without any mass: charge and energy as positive numbers in Ah and Wh.
/// What people compare is in <see cref="CycleView"/>, computed with the mass in force.</summary>
/// <param name="Cycle">0 = what came before the first qualifying step of the leading direction.</param>
/// <param name="Complete">Both halves are there and ended as the program wanted.</param>
/// <param name="Closed">Nothing will be added any more.</param>
/// <param name="Block">Block and pass of the step that began the cycle.</param>
/// <param name="Constant">Currents of the constant-current parts.</param>
/// <param name="Segments">Segments that hold records of the cycle; more than one = it was resumed.</param>
/// <param name="StartedUtcSeconds">UNIX time of its first and last record.</param>
public sealed record CycleResult(
    int Cycle,
    bool Complete,
    bool Closed,
    string Block,
    int Pass,
    int? InstrumentCycle,
    HalfSums Sums,
    HalfSums Integrated,
    ConstantCurrentPart Constant,
    double EstimatedAh,
    int Gaps,
    int CounterFalls,
    int Segments,
    long FirstRecord,
    long LastRecord,
    double StartedUtcSeconds,
    double EndedUtcSeconds);
