using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>Sums executed steps up by step of the program.</summary>
internal sealed class StepTotals(CellProgram program)
{
    private readonly SortedDictionary<int, PreviewedStep> _rows = [];
    private double? _voltsBefore;

    public IReadOnlyList<PreviewedStep> Rows => [.. _rows.Values];

    public long Records => _rows.Values.Sum(row => row.Records);

    public double HighestVolts { get; private set; } = double.MinValue;

    public double LowestVolts { get; private set; } = double.MaxValue;

    public void Add(StepEnding ending)
    {
        HighestVolts = Math.Max(HighestVolts, ending.VoltageVolts);
        LowestVolts = Math.Min(LowestVolts, ending.VoltageVolts);
        long records = RecordsOf(ending);
        _voltsBefore = ending.VoltageVolts;
        _rows[ending.Step.Number] = _rows.TryGetValue(ending.Step.Number, out PreviewedStep? row)
            ? row with { Passes = row.Passes + 1, TotalDurationS = row.TotalDurationS + ending.DurationSeconds, Records = row.Records + records }
            : new PreviewedStep(
                ending.Step.Number, ending.Step.Block, KindOf(ending.Step), (ending.Step as CurrentStep)?.CurrentAmperes * 1e3, 1,
                ending.DurationSeconds, ending.DurationSeconds, ending.Cause.ToString().ToLowerInvariant(), ending.VoltageVolts, records);
    }

    /// <summary>First and last record, and between them one per interval or per voltage step, whichever are more.</summary>
    private long RecordsOf(StepEnding ending)
    {
        double byTime = ending.DurationSeconds / program.Record.IntervalSeconds;
        double swing = Math.Abs(ending.VoltageVolts - (_voltsBefore ?? ending.VoltageVolts));
        double byVoltage = program.Record.DeltaVolts is { } delta ? swing / delta : 0;
        return 2 + (long)Math.Max(byTime, byVoltage);
    }

    private static string KindOf(ProgramStep step) => step switch
    {
        RestStep => "rest",
        CurrentStep { CurrentAmperes: > 0 } => "charge",
        CurrentStep => "discharge",
        VoltageStep => "hold",
        ScanStep => "scan",
        _ => "step",
    };
}
