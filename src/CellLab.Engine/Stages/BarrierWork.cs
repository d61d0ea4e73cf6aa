using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Gas;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Stages;

/// <summary>Waits until another instrument is ready: a steady background of the mass spectrometer, a diffractometer that is ready and idle, any other one that
/// answers and does nothing. A person may go on without it by resuming the job.</summary>
internal sealed class BarrierWork(StageTools tools, GasDesk gas, EngineTimings timings, Clocks clocks) : IStageWork
{
    public bool DrivesCell => false;

    public bool Does(OtherInstrumentStep step) => step.Kind == "barrier" && step.Role != OtherInstrumentStep.Person;

    public bool IsAnswered(StageRun run) => true;

    public string Reason(StageRun run) => $"waits for {run.Step.Role} ({run.Channel})";

    public string? Refusal(OtherInstrumentStep step, PipelineSpec pipeline) =>
        step.Role == PipelineSpec.MassSpectrometerRole && pipeline.Gas is null
            ? $"pipeline {pipeline.Id} says nothing about its gas line; add gas (masses, interval_s, carrier flow or panel) to it in the configuration"
            : null;

    public async Task<StageEnd> RunAsync(StageRun run, CancellationToken cancellationToken)
    {
        double? timeout = Patience.TimeoutOf(run.Step);
        while (true)
        {
            if (run.Answer.IsCompletedSuccessfully)
            {
                return new StageEnd($"{await run.Answer} goes on without waiting for {run.Step.Role}");
            }

            if (await UnreadyAsync(run, cancellationToken) is not { } unready)
            {
                return new StageEnd($"{run.Step.Role} ({run.Channel}) is ready");
            }

            bool late = timeout is { } limit && run.Seconds > limit;
            await run.TellAsync($"{Reason(run)}: {unready}{(late ? "; its time is over, resume the job to go on without it" : "")}");
            if (late)
            {
                string text = $"Job {run.Live.Id}: {run.Step.Role} ({run.Channel}) was not ready within {timeout:0} s: {unready}; it is waited on, resume the job to go on without it";
                await tools.Alarms.RaiseAsync(AlarmIds.Stage(run.Live.Id), AlarmSeverity.Critical, text, run.Live.Id, run.Channel.ToString());
            }

            await Task.WhenAny(run.Answer, Task.Delay(timings.StagePoll, clocks.Wall, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <returns>Null when it is ready.</returns>
    private async Task<string?> UnreadyAsync(StageRun run, CancellationToken cancellationToken)
    {
        if (run.Step.Role == PipelineSpec.MassSpectrometerRole)
        {
            return gas.Find(run.Live) is { Measures: true } watch ? watch.Steadiness.Unrest(clocks.Lab.GetUtcNow()) : "it does not measure";
        }

        if (tools.Lanes.Find(run.Channel.Device) is not { State: DeviceState.Online } supervisor)
        {
            return "it does not answer";
        }

        try
        {
            return await UnreadyAsync(run.Channel, supervisor, cancellationToken);
        }
        catch (DeviceFaultException fault)
        {
            return fault.Message;
        }
    }

    private static async Task<string?> UnreadyAsync(ChannelAddress channel, DeviceSupervisor supervisor, CancellationToken cancellationToken)
    {
        if (supervisor.Capability<ITriggerOutput>() is { } trigger)
        {
            TriggerReading found = await supervisor.RunAsync((_, token) => trigger.ReadAsync(token), cancellationToken);
            return found.Fault ?? (found.Ready == false ? "not ready" : found.Busy == true ? "busy" : null);
        }

        if (supervisor.Capability<IChannelBank>() is { } bank)
        {
            ChannelStatus found = await supervisor.RunAsync((_, token) => bank.InspectAsync(channel, token), cancellationToken);
            return found.State is ChannelState.Idle or ChannelState.Finished or ChannelState.Stopped ? null : $"it is '{found.StateText}'";
        }

        return null;
    }
}
