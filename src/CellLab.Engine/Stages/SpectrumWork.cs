using System.Globalization;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Stages;

/// <summary>An impedance spectrum of the cell. One that breaks off stays as it is, is told, and is measured anew as the next one.</summary>
internal sealed class SpectrumWork(StageTools tools, IJournal journal, EngineTimings timings, Clocks clocks) : IStageWork
{
    /// <summary>After so many in a row that broke off a person has to look.</summary>
    private const int Tries = 3;

    public bool DrivesCell => true;

    public bool IsAnswered(StageRun run) => false;

    public bool Does(OtherInstrumentStep step) => step.Kind == StepNames.Impedance;

    public string Reason(StageRun run) => $"spectrum of {SpectrumPlans.Of(run.Step).Points} points begins on {run.Channel}";

    public string? Refusal(OtherInstrumentStep step, PipelineSpec pipeline)
    {
        ChannelAddress channel = pipeline.Roles[step.Role];
        if (tools.Lanes.Find(channel.Device)?.Capability<IImpedanceAnalyzer>() is not { } analyzer)
        {
            return $"device {channel.Device} measures no impedance; give the pipeline's role {step.Role} to one that does";
        }

        IReadOnlyList<string> problems = analyzer.CheckSpectrum(channel, SpectrumPlans.Of(step));
        return problems.Count == 0 ? null : $"{channel}: {string.Join("; ", problems)}";
    }

    public async Task<StageEnd> RunAsync(StageRun run, CancellationToken cancellationToken)
    {
        SpectrumPlan plan = SpectrumPlans.Of(run.Step);
        string? first = null;
        for (int attempt = 1; ; attempt++)
        {
            CompanionLog log = await CompanionLog.OpenAsync(journal, run.Live.Id, Streams.Impedance, cancellationToken);
            int number = log.Last is ImpedanceBody last ? last.Spectrum + 1 : 1;
            await AnswersAsync(run, cancellationToken);
            var tally = new SpectrumTally();
            (int points, string? broken) = await MeasureAsync(run, plan, log, number, tally, cancellationToken);
            await tools.PersistAsync(() => TellEndAsync(run, number, points, plan, broken, tally.Overloaded), cancellationToken);
            await TellOverloadAsync(run, number, points, tally.Overloaded);
            if (broken is null)
            {
                return new StageEnd(string.Create(CultureInfo.InvariantCulture, $"spectrum {number} has {points} points"));
            }

            first ??= broken;
            if (attempt == Tries)
            {
                string before = first == broken ? "" : $"the first one because {first}; "; // later ones may only tell what became of that
                return new StageEnd("", $"{Tries} spectra in a row broke off, {before}the last one because {broken}");
            }

            await tools.OpenUntilConfirmedAsync(run.Live, run.Channel, cancellationToken);
        }
    }

    /// <summary>An instrument that is away has not broken off a spectrum: it is waited for.</summary>
    private async Task AnswersAsync(StageRun run, CancellationToken cancellationToken)
    {
        while (tools.Lanes.Find(run.Channel.Device) is { State: not (DeviceState.Online or DeviceState.Degraded) } away)
        {
            await run.TellAsync($"the spectrum waits: {away.LastError ?? $"{run.Channel} does not answer"}", urgent: true);
            await Task.Delay(timings.StageRetry, clocks.Wall, cancellationToken);
        }
    }

    /// <returns>Points stored, and why it broke off; null when it is whole.</returns>
    private async Task<(int Points, string? Broken)> MeasureAsync(
        StageRun run, SpectrumPlan plan, CompanionLog log, int number, SpectrumTally tally, CancellationToken cancellationToken)
    {
        (DeviceSupervisor supervisor, IImpedanceAnalyzer analyzer) = tools.Require<IImpedanceAnalyzer>(run.Channel.Device, "measures no impedance");
        int taken = 0;
        bool started = false;
        try
        {
            await supervisor.RunAsync((_, token) => Done(analyzer.StartSpectrumAsync(run.Channel, plan, token)), cancellationToken);
            started = true;
            while (true)
            {
                await Task.Delay(timings.StagePoll, clocks.Wall, cancellationToken);
                int from = taken;
                SpectrumReading reading = await supervisor.RunAsync((_, token) => analyzer.PollSpectrumAsync(run.Channel, from, token), cancellationToken);
                await StoreAsync(run, log, number, reading, cancellationToken);
                taken += reading.Points.Count;
                tally.Add(reading.Points);
                string text = string.Create(CultureInfo.InvariantCulture, $"spectrum {number}: {taken} of {plan.Points} points on {run.Channel}");
                await run.TellAsync(text);
                if (reading.Outcome != SpectrumOutcome.Running)
                {
                    return (taken, reading.Outcome == SpectrumOutcome.Complete ? tally.Doubt : string.Join("; ", reading.Notes.DefaultIfEmpty("the instrument ended it")));
                }
            }
        }
        catch (DeviceFaultException fault) when (started || fault.IsTransient)
        {
            return (taken, fault.Message);
        }
    }

    private async Task StoreAsync(StageRun run, CompanionLog log, int number, SpectrumReading reading, CancellationToken cancellationToken)
    {
        if (reading.Points.Count == 0)
        {
            return;
        }

        string label = run.Step.Members.GetValueOrDefault("id") ?? run.Step.Block;
        CompanionRow[] rows =
        [
            .. reading.Points.Select(point => log.Next(
                run.Live, point.TakenAtUtc, clocks.Lab.GetUtcNow(),
                new ImpedanceBody(number, label, point.Number, point.Hertz, point.RealOhms, point.ImaginaryOhms, point.Overloaded, reading.OpenCircuitVolts, reading.Plan.Points))),
        ];
        await tools.PersistAsync(() => journal.CommitAsync(new JournalWrite { Companions = rows }, CancellationToken.None), cancellationToken);
    }

    /// <summary>A spectrum beyond the instrument's range is kept and marked; a person should know before the next one.</summary>
    private Task TellOverloadAsync(StageRun run, int number, int points, int overloaded) => overloaded == 0
        ? tools.Alarms.ClearAsync(AlarmIds.Data(run.Live.Id))
        : tools.Alarms.RaiseAsync(
            AlarmIds.Data(run.Live.Id), AlarmSeverity.Warning,
            FormattableString.Invariant($"Job {run.Live.Id}: {run.Channel} marks {overloaded} of {points} points of spectrum {number} as overloaded; choose a smaller amplitude or a larger range"),
            run.Live.Id, run.Channel.ToString());

    private Task TellEndAsync(StageRun run, int number, int points, SpectrumPlan plan, string? broken, int overloaded)
    {
        string marked = overloaded == 0 ? "" : FormattableString.Invariant($", {overloaded} of them marked as overloaded");
        string text = string.Create(
            CultureInfo.InvariantCulture, $"spectrum {number}: {points} of {plan.Points} points{marked}{(broken is null ? "" : $"; not whole, because {broken}. What is there stays, and is not to be used as a spectrum")}");
        string data = JsonSerializer.Serialize(new
        {
            spectrum = number, points, points_planned = plan.Points, overloaded, complete = broken is null, excitation = plan.Excitation == Excitation.Potential ? "V rms" : "A",
            amplitude = plan.Amplitude, first_hz = plan.FirstHertz, last_hz = plan.LastHertz, bias = plan.Bias, not_followed = SpectrumPlans.NotFollowed(run.Step),
        });
        JobEvent told = tools.Ledger.Event(run.Live.Id, broken is null ? "spectrum" : "spectrum-broken", text, run.Channel.ToString()) with { DataJson = data };
        return journal.CommitAsync(new JournalWrite { Events = [told] }, CancellationToken.None);
    }

    private static async Task<bool> Done(Task action)
    {
        await action;
        return true;
    }
}
