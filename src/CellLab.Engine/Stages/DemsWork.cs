using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Gas;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Stages;

/// <summary>Background and calibration of the mass spectrometer, with the cell at open circuit: nothing that the cell sets free under current is missed while
/// other gas is on the line.</summary>
internal sealed class DemsWork(StageTools tools, GasDesk gas, PipelineBook pipelines, EngineTimings timings, Clocks clocks) : IStageWork
{
    public bool DrivesCell => false;

    public bool Does(OtherInstrumentStep step) => step.Kind is "dems_background" or "dems_calibration";

    /// <summary>A person turns the valves.</summary>
    public bool IsAnswered(StageRun run) => gas.Panels.IsByHand(SetupOf(run));

    public string Reason(StageRun run) => IsAnswered(run)
        ? $"{gas.Panels.TaskFor(SetupOf(run), RouteOf(run))}{(IsCalibration(run) ? $" ({GasText(run.Step)})" : "")}, then resume the job"
        : $"{run.Step.Kind} begins on {run.Channel}";

    public string? Refusal(OtherInstrumentStep step, PipelineSpec pipeline)
    {
        if (tools.Lanes.Find(pipeline.Roles[step.Role].Device)?.Capability<IGasAnalyzer>() is null)
        {
            return $"device {pipeline.Roles[step.Role].Device} is no mass spectrometer; give the pipeline's role {step.Role} to one";
        }

        return pipeline.Gas is not null
            ? null
            : $"pipeline {pipeline.Id} says nothing about its gas line; add gas (masses, interval_s, carrier flow or panel) to it in the configuration";
    }

    public async Task<StageEnd> RunAsync(StageRun run, CancellationToken cancellationToken)
    {
        GasSetup setup = SetupOf(run);
        await MeasuresAsync(run, cancellationToken);
        GasRoute route = RouteOf(run);
        if (IsAnswered(run))
        {
            if (run.Live.Job.State == JobState.Running && !run.Answer.IsCompleted)
            {
                return new StageEnd("", Reason(run)); // the service was away: nobody knows how the valves stand
            }

            string who = await Patience.AnswerAsync(tools, run, Reason(run), clocks, cancellationToken);
            await tools.Alarms.ClearAsync(AlarmIds.Stage(run.Live.Id));
            gas.Panels.Confirm(setup, route, who, clocks.Lab.GetUtcNow());
            await tools.Ledger.SignalAsync(run.Live, JobSignal.StageBegan, $"{run.Step.Kind}: the valves were turned by {who}");
        }
        else
        {
            await SwitchAsync(run, setup, route, cancellationToken);
        }

        await gas.EnterAsync(run.Live, GasPhases.OfStep(run.Step.Kind), route, run.Step, cancellationToken);
        await WaitAsync(run, cancellationToken);
        return await BackAsync(run, setup, cancellationToken);
    }

    private static bool IsCalibration(StageRun run) => GasPhases.OfStep(run.Step.Kind) == GasPhases.Calibration;

    /// <summary>The calibration after the run: the program has no more steps for the spectrometer, and current has flowed before.</summary>
    private static bool IsLast(StageRun run)
    {
        CellProgram program = run.Live.Job.Program;
        return IsCalibration(run)
            && program.Steps.OfType<OtherInstrumentStep>().All(step => step.Role != PipelineSpec.MassSpectrometerRole || step.Number <= run.Step.Number)
            && program.Steps.Any(step => step.Number < run.Step.Number && step is not (OtherInstrumentStep or RestStep or LoopStep));
    }

    private static GasRoute RouteOf(StageRun run) => IsCalibration(run) ? GasRoute.Bottle : GasRoute.Cell;

    private static string GasText(OtherInstrumentStep step) =>
        $"{step.Members.GetValueOrDefault("gas", "calibration gas")}{(step.Members.TryGetValue("fraction_ppm", out string? ppm) ? $", {ppm} ppm" : "")}";

    private GasSetup SetupOf(StageRun run) => pipelines.Of(run.Live)?.Gas
        ?? throw new DeviceFaultException(FaultKind.Configuration, run.Channel.Device, $"the configuration says nothing about the gas line of pipeline {run.Live.Job.Pipeline} any more");

    /// <summary>Without ion currents the step would be empty.</summary>
    private async Task MeasuresAsync(StageRun run, CancellationToken cancellationToken)
    {
        while (gas.Find(run.Live) is not { Measures: true })
        {
            await run.TellAsync($"{run.Step.Kind} waits: {run.Channel} does not measure", urgent: true);
            await Task.Delay(timings.StageRetry, clocks.Wall, cancellationToken);
        }
    }

    /// <summary>Tries on: a panel that does not answer must not end a background of hours.</summary>
    private async Task SwitchAsync(StageRun run, GasSetup setup, GasRoute route, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await gas.Panels.SwitchAsync(setup, route, cancellationToken);
                await tools.Alarms.ClearAsync(AlarmIds.Stage(run.Live.Id));
                return;
            }
            catch (DeviceFaultException fault)
            {
                await run.TellAsync($"{run.Step.Kind} waits: the gas line is not on '{GasPhases.Word(route)}': {fault.Message}", urgent: true);
                await tools.Alarms.RaiseAsync(
                    AlarmIds.Stage(run.Live.Id), AlarmSeverity.Critical, $"Job {run.Live.Id}: the gas line is not on '{GasPhases.Word(route)}' ({fault.Message}); it is tried again", run.Live.Id, setup.Panel?.Value);
            }

            await Task.Delay(timings.StageRetry, clocks.Wall, cancellationToken);
        }
    }

    private async Task WaitAsync(StageRun run, CancellationToken cancellationToken)
    {
        DateTimeOffset began = clocks.Lab.GetUtcNow();
        TimeSpan whole = TimeSpan.FromSeconds(run.Step.ExpectedSeconds ?? 0);
        TimeSpan news = TimeSpan.FromMinutes(1);
        bool told = false;
        while (whole - (clocks.Lab.GetUtcNow() - began) is { Ticks: > 0 } left)
        {
            await run.TellAsync(
                string.Create(CultureInfo.InvariantCulture, $"{run.Step.Kind}: {(whole - left).TotalMinutes:F0} of {whole.TotalMinutes:F0} min on {run.Channel}"), urgent: !told);
            told = true;
            await Task.Delay(left < news ? left : news, clocks.Lab, cancellationToken);
        }
    }

    /// <summary>The cell is swept again before current flows.</summary>
    private async Task<StageEnd> BackAsync(StageRun run, GasSetup setup, CancellationToken cancellationToken)
    {
        string done = string.Create(CultureInfo.InvariantCulture, $"{run.Step.ExpectedSeconds:0} s of {(IsCalibration(run) ? GasText(run.Step) : "carrier gas through the cell")}");
        if (IsAnswered(run) && IsCalibration(run))
        {
            await gas.EnterAsync(run.Live, GasPhases.Run, null, null, cancellationToken);
            return new StageEnd(done, Then: $"{gas.Panels.TaskFor(setup, GasRoute.Cell)}, then resume the job");
        }

        if (!IsAnswered(run))
        {
            await gas.EnterAsync(run.Live, GasPhases.Run, null, null, cancellationToken); // what is measured while the valves turn belongs to neither
            await SwitchAsync(run, setup, GasRoute.Cell, cancellationToken);
        }

        await gas.EnterAsync(run.Live, GasPhases.Run, GasRoute.Cell, null, cancellationToken);
        if (IsLast(run))
        {
            await gas.FinishAsync(run.Live, cancellationToken);
        }

        return new StageEnd(done);
    }
}
