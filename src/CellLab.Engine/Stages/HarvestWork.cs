using System.Globalization;
using CellLab.Core.Events;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Control;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Stages;

/// <summary>The cell has been brought to its state and stands at open circuit: a person takes it out. The record ties what is measured elsewhere to the state.</summary>
internal sealed class HarvestWork(StageTools tools, RestVoltages rest, IJournal journal, Clocks clocks) : IStageWork
{
    private const int PageRows = 5000;

    public bool DrivesCell => false;

    public bool Does(OtherInstrumentStep step) => step.Kind == "harvest";

    public bool IsAnswered(StageRun run) => true;

    public string Reason(StageRun run) =>
        $"take the cell with sample '{run.Live.Job.Sample}' out of {run.Live.Channel}{(run.Step.Members.TryGetValue("text", out string? text) ? $" ({text})" : "")}, then resume the job";

    public string? Refusal(OtherInstrumentStep step, PipelineSpec pipeline) => null;

    public async Task<StageEnd> RunAsync(StageRun run, CancellationToken cancellationToken)
    {
        rest.Rests(run.Live.Job, run.Live.Channel);
        (RecordRow? last, double netAmpereHours) = await StateAsync(run.Live, cancellationToken);
        string who = await Patience.AnswerAsync(tools, run, Reason(run), clocks, cancellationToken);
        HarvestRecord record = Record(run, last, netAmpereHours, rest.TakenOut(run.Live.Job, run.Live.Channel, last?.Record.CurrentAmperes), who);
        JobEvent told = tools.Ledger.Event(run.Live.Id, HarvestRecord.EventKind, Told(record), run.Live.Channel.ToString()) with { DataJson = record.ToJson() };
        await tools.PersistAsync(() => journal.CommitAsync(new JournalWrite { Events = [told] }, CancellationToken.None), cancellationToken);
        bool more = run.Live.Plan.StageAt(run.Live.Segment!.FirstPlace + 1) is not null;
        return new StageEnd($"taken out by {who}", Then: more ? $"the cell was taken out; put it back on {run.Live.Channel}, then resume the job, or stop it" : null);
    }

    /// <summary>The last row, and charge less discharge of all executed steps. A cell is taken out once, so all rows are read.</summary>
    private async Task<(RecordRow? Last, double NetAmpereHours)> StateAsync(LiveJob live, CancellationToken cancellationToken)
    {
        var steps = new Dictionary<(int Segment, int Step), double>();
        RecordRow? last = null;
        while (await journal.ReadRecordsAsync(live.Id, Streams.Cycler, (last?.Sequence ?? 0) + 1, PageRows, cancellationToken) is { Count: > 0 } page)
        {
            foreach (RecordRow row in page.Where(row => row.Record.StepCapacityAmpereHours is not null && row.Record.CurrentAmperes != 0))
            {
                steps[(row.Segment, row.Record.StepCount)] = Math.CopySign(row.Record.StepCapacityAmpereHours!.Value, row.Record.CurrentAmperes);
            }

            last = page[^1];
        }

        return (last, steps.Values.Sum());
    }

    private HarvestRecord Record(StageRun run, RecordRow? last, double netAmpereHours, double? openVolts, string who)
    {
        double grams = run.Live.Job.Base.ActiveMassMilligrams * 1e-3;
        double net = netAmpereHours * 1000 / grams;
        bool moved = last?.Record is { StepCapacityAmpereHours: not null, CurrentAmperes: not 0 };
        return new HarvestRecord(
            run.Live.Job.Sample, run.Live.Id.Value, run.Step.Number, last?.Record.VoltageVolts, last?.Record.CurrentAmperes, openVolts,
            moved ? Math.CopySign(last!.Record.StepCapacityAmpereHours!.Value, last.Record.CurrentAmperes) * 1000 / grams : null, net,
            run.Live.Job.Formula is { } formula ? ChemicalFormula.TryParse(formula)?.LithiumAfter(net) : null, run.Live.Job.Formula,
            run.Step.Members.GetValueOrDefault("voltage_V"), last?.Cycle, last?.Block, last?.Pass, last?.Sequence ?? 0, last?.Record.TakenAtUtc,
            run.Live.Segment!.StartedAtUtc, clocks.Lab.GetUtcNow(), who, run.Step.Members.GetValueOrDefault("text"));
    }

    private static string Told(HarvestRecord record)
    {
        string state = record.VoltageVolts is not { } volts
            ? "before any current"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"at {volts:F4} V in cycle {record.Cycle}{(record.StepCapacity is { } moved ? $", {moved:F1} mAh/g in its last step" : "")}{(record.Lithium is { } x ? $", x = {x:F3}" : "")}");
        string open = record.OpenCircuitVolts is { } seen ? string.Create(CultureInfo.InvariantCulture, $", last at {seen:F4} V") : "";
        return string.Create(CultureInfo.InvariantCulture, $"sample '{record.Sample}' was taken out {state}, at open circuit since {record.OpenCircuitAtUtc:yyyy-MM-dd HH:mm:ss} UTC{open}, by {record.By}");
    }
}
