using System.Globalization;
using System.Text.Json;
using CellLab.Core.Events;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Stages;

/// <summary>The cell has been brought to its state and stands at open circuit: a person takes it out. The record ties what is measured elsewhere to the state.</summary>
internal sealed class HarvestWork(StageTools tools, IJournal journal, Clocks clocks) : IStageWork
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
        (RecordRow? last, double netAmpereHours) = await StateAsync(run.Live, cancellationToken);
        DateTimeOffset open = run.Live.Segment!.StartedAtUtc;
        string who = await Patience.AnswerAsync(tools, run, Reason(run), clocks, cancellationToken);
        JobEvent record = Record(run, last, netAmpereHours, open, who);
        await tools.PersistAsync(() => journal.CommitAsync(new JournalWrite { Events = [record] }, CancellationToken.None), cancellationToken);
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

    private JobEvent Record(StageRun run, RecordRow? last, double netAmpereHours, DateTimeOffset open, string who)
    {
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        double grams = run.Live.Job.Base.ActiveMassMilligrams * 1e-3;
        double? charge = last?.Record.StepCapacityAmpereHours is { } ampereHours ? Math.CopySign(ampereHours, last.Record.CurrentAmperes) * 1000 / grams : null;
        double net = netAmpereHours * 1000 / grams;
        double? lithium = run.Live.Job.Formula is { } formula ? ChemicalFormula.TryParse(formula)?.LithiumAfter(net) : null;
        string data = JsonSerializer.Serialize(new
        {
            sample = run.Live.Job.Sample, job = run.Live.Id.Value, step = run.Step.Number, voltage_v = last?.Record.VoltageVolts, current_a = last?.Record.CurrentAmperes,
            step_capacity_mah_g = charge, q_total_mah_g = net, x_li = lithium, formula = run.Live.Job.Formula,
            wanted_voltage_v = run.Step.Members.GetValueOrDefault("voltage_V"), cycle = last?.Cycle, block = last?.Block, pass = last?.Pass, reached_utc = last?.Record.TakenAtUtc, open_circuit_utc = open,
            taken_out_utc = now, by = who, text = run.Step.Members.GetValueOrDefault("text"),
        });
        string state = last is null
            ? "before any current"
            : string.Create(CultureInfo.InvariantCulture, $"at {last.Record.VoltageVolts:F4} V in cycle {last.Cycle}{(charge is { } moved ? $", {moved:F1} mAh/g in its last step" : "")}{(lithium is { } x ? $", x = {x:F3}" : "")}");
        string text = string.Create(CultureInfo.InvariantCulture, $"sample '{run.Live.Job.Sample}' was taken out {state}, at open circuit since {open:yyyy-MM-dd HH:mm:ss} UTC, by {who}");
        return tools.Ledger.Event(run.Live.Id, "harvest", text, run.Live.Channel.ToString()) with { DataJson = data };
    }
}
