using System.Globalization;
using System.Text.Json;
using CellLab.Core.Events;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Stages;

/// <summary>The cell has been brought to its state and stands at open circuit: a person takes it out. The record ties what is measured elsewhere to the state.</summary>
internal sealed class HarvestWork(StageTools tools, IJournal journal, Clocks clocks) : IStageWork
{
    public bool DrivesCell => false;

    public bool Does(OtherInstrumentStep step) => step.Kind == "harvest";

    public bool IsAnswered(StageRun run) => true;

    public string Reason(StageRun run) =>
        $"take the cell with sample '{run.Live.Job.Sample}' out of {run.Live.Channel}{(run.Step.Members.TryGetValue("text", out string? text) ? $" ({text})" : "")}, then resume the job";

    public string? Refusal(OtherInstrumentStep step, PipelineSpec pipeline) => null;

    public async Task<StageEnd> RunAsync(StageRun run, CancellationToken cancellationToken)
    {
        RecordRow? last = await LastRowAsync(run.Live, cancellationToken);
        DateTimeOffset open = run.Live.Segment!.StartedAtUtc;
        string who = await Patience.AnswerAsync(tools, run, Reason(run), clocks, cancellationToken);
        JobEvent record = Record(run, last, open, who);
        await tools.PersistAsync(() => journal.CommitAsync(new JournalWrite { Events = [record] }, CancellationToken.None), cancellationToken);
        bool more = run.Live.Plan.StageAt(run.Live.Segment!.FirstPlace + 1) is not null;
        return new StageEnd($"taken out by {who}", Then: more ? $"the cell was taken out; put it back on {run.Live.Channel}, then resume the job, or stop it" : null);
    }

    private async Task<RecordRow?> LastRowAsync(LiveJob live, CancellationToken cancellationToken)
    {
        (_, long last) = await journal.CountRecordsAsync(live.Id, Streams.Cycler, cancellationToken);
        return last == 0 ? null : (await journal.ReadRecordsAsync(live.Id, Streams.Cycler, last, 1, cancellationToken))[0];
    }

    private JobEvent Record(StageRun run, RecordRow? last, DateTimeOffset open, string who)
    {
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        double grams = run.Live.Job.Base.ActiveMassMilligrams * 1e-3;
        double? charge = last?.Record.StepCapacityAmpereHours is { } ampereHours ? Math.CopySign(ampereHours, last.Record.CurrentAmperes) * 1000 / grams : null;
        string data = JsonSerializer.Serialize(new
        {
            sample = run.Live.Job.Sample, job = run.Live.Id.Value, step = run.Step.Number, voltage_v = last?.Record.VoltageVolts, current_a = last?.Record.CurrentAmperes,
            step_capacity_mah_g = charge, cycle = last?.Cycle, block = last?.Block, pass = last?.Pass, reached_utc = last?.Record.TakenAtUtc, open_circuit_utc = open,
            taken_out_utc = now, by = who, text = run.Step.Members.GetValueOrDefault("text"),
        });
        string state = last is null
            ? "before any current"
            : string.Create(CultureInfo.InvariantCulture, $"at {last.Record.VoltageVolts:F4} V in cycle {last.Cycle}{(charge is { } moved ? $", {moved:F1} mAh/g in its last step" : "")}");
        string text = string.Create(CultureInfo.InvariantCulture, $"sample '{run.Live.Job.Sample}' was taken out {state}, at open circuit since {open:yyyy-MM-dd HH:mm:ss} UTC, by {who}");
        return tools.Ledger.Event(run.Live.Id, "harvest", text, run.Live.Channel.ToString()) with { DataJson = data };
    }
}
