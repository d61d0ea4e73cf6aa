namespace CellLab.Analysis.Cycling;

/// <summary>The open cycle without its running step: the serialisable state between two steps.</summary>
public sealed class RunningCycle
{
    public int Number { get; set; }
    public string Block { get; set; } = "";
    public int Pass { get; set; }
    public int? InstrumentCycle { get; set; }
    public HalfSums Sums { get; set; }
    public HalfSums Integrated { get; set; }
    public ConstantCurrentPart Constant { get; set; }
    public double EstimatedAh { get; set; }
    public int Gaps { get; set; }
    public int CounterFalls { get; set; }
    public int Segments { get; set; }
    public int LastSegment { get; set; }
    public long FirstRecord { get; set; }
    public long LastRecord { get; set; }
    public double StartUtcSeconds { get; set; }
    public double EndUtcSeconds { get; set; }
    public bool ChargeQualified { get; set; }
    public bool DischargeQualified { get; set; }

    public static RunningCycle BegunBy(int number, RunningStep step) => new()
    {
        Number = number,
        Block = step.Block,
        Pass = step.Pass,
        InstrumentCycle = step.InstrumentCycle,
    };

    /// <summary>This cycle with one more step in it; the cycle itself stays as it was.</summary>
    public RunningCycle With(RunningStep step, double qualifyingAh)
    {
        bool first = FirstRecord == 0;
        HalfSums sums = step.Sums;
        return new RunningCycle
        {
            Number = Number,
            Block = Block,
            Pass = Pass,
            InstrumentCycle = InstrumentCycle ?? step.InstrumentCycle,
            Sums = Sums + sums,
            Integrated = Integrated + step.Integrated,
            Constant = Constant + step.Constant,
            EstimatedAh = EstimatedAh + step.Capacity.PendingEstimated,
            Gaps = Gaps + step.Gaps,
            CounterFalls = CounterFalls + step.CounterFalls,
            Segments = first || step.Segment != LastSegment ? Segments + 1 : Segments,
            LastSegment = step.Segment,
            FirstRecord = first ? step.FirstRecord : FirstRecord,
            LastRecord = step.LastRecord,
            StartUtcSeconds = first ? step.StartUtcSeconds : StartUtcSeconds,
            EndUtcSeconds = step.LastUtcSeconds,
            ChargeQualified = ChargeQualified || sums.ChargeAh >= qualifyingAh,
            DischargeQualified = DischargeQualified || sums.DischargeAh >= qualifyingAh,
        };
    }

    public CycleResult ToResult(bool ended, bool asProgrammed) => new(
        Number,
        asProgrammed && Number > 0 && ChargeQualified && DischargeQualified,
        ended,
        Block,
        Pass,
        InstrumentCycle,
        Sums,
        Integrated,
        Constant,
        EstimatedAh,
        Gaps,
        CounterFalls,
        Segments,
        FirstRecord,
        LastRecord,
        StartUtcSeconds,
        EndUtcSeconds);
}
