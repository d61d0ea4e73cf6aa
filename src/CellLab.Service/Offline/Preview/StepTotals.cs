using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Service.Offline.Preview;

/// <summary>Sums executed steps up by step of the program, and by block.</summary>
internal sealed class StepTotals(CellProgram program, RehearsalSetup setup)
{
    private readonly SortedDictionary<int, PreviewedStep> _rows = [];
    private readonly Dictionary<string, PreviewedBlock> _blocks = [];

    public IReadOnlyList<PreviewedStep> Rows => [.. _rows.Values];

    /// <summary>In the order in which the program enters them.</summary>
    public IReadOnlyList<PreviewedBlock> Blocks => [.. _blocks.Values];

    public long Records => _rows.Values.Sum(row => row.Records);

    public void Add(StepEnding ending, long records)
    {
        AddToBlock(ending, records);
        _rows[ending.Step.Number] = _rows.TryGetValue(ending.Step.Number, out PreviewedStep? row)
            ? row with { Passes = row.Passes + 1, TotalDurationS = row.TotalDurationS + ending.DurationSeconds, Records = row.Records + records }
            : First(ending, records);
    }

    private void AddToBlock(StepEnding ending, long records)
    {
        PreviewedBlock block = _blocks.GetValueOrDefault(ending.Step.Block) ?? new PreviewedBlock(ending.Step.Block, 0, 0, 0, 0, 0);
        _blocks[ending.Step.Block] = block with
        {
            Steps = block.Steps + 1,
            DurationS = block.DurationS + ending.DurationSeconds,
            ChargeMah = block.ChargeMah + Math.Max(ending.AmpereHours, 0) * 1e3,
            DischargeMah = block.DischargeMah - Math.Min(ending.AmpereHours, 0) * 1e3,
            Records = block.Records + records,
        };
    }

    private PreviewedStep First(StepEnding ending, long records)
    {
        double? amperes = AmperesOf(ending.Step);
        TriggerLatency latency = TriggerLatency.Of(RecordEstimate.RuleOf(ending.Step, program.Record).IntervalSeconds, setup.Channel);
        CurrentFigures? figures = amperes is { } known ? setup.Accuracy.Of(known) : null;
        return new PreviewedStep(
            ending.Step.Number, ending.Step.Block, KindOf(ending.Step), (ending.Step as CurrentStep)?.CurrentAmperes * 1e3, 1,
            ending.DurationSeconds, ending.DurationSeconds, ending.Cause.ToString().ToLowerInvariant(), ending.VoltageVolts, records)
        {
            DurationKnown = ending.Step is not OtherInstrumentStep { ExpectedSeconds: null, StopsCycler: true },
            RangeMa = figures?.RangeA * 1e3,
            CurrentErrorPercent = figures?.CurrentErrorPercent,
            CeErrorPercent = figures?.CeErrorPercent,
            Doubtful = figures?.IsDoubtful ?? false,
            TriggerLatencyS = latency.LatencyS,
            TriggerLatencyMahG = Math.Abs(amperes ?? 0) > 0 ? Math.Abs(amperes!.Value) * latency.LatencyS / 3600 * 1e6 / setup.ActiveMassMilligrams : null,
        };
    }

    /// <summary>A hold counts with the current that it begins with.</summary>
    private static double? AmperesOf(ProgramStep step) => step switch
    {
        CurrentStep current => current.CurrentAmperes,
        VoltageStep hold => hold.StartCurrentAmperes,
        _ => null,
    };

    private static string KindOf(ProgramStep step) => step switch
    {
        RestStep => "rest",
        CurrentStep { CurrentAmperes: > 0 } => "charge",
        CurrentStep => "discharge",
        VoltageStep => "hold",
        ScanStep => "scan",
        PowerStep => "power",
        ResistanceStep => "resistance",
        OtherInstrumentStep other => other.Kind,
        _ => "step",
    };
}
