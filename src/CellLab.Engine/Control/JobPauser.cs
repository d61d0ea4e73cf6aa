using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Operated;
using CellLab.Engine.Sources;
using CellLab.Engine.Stages;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>Pauses and resumes a job, each only when the instrument confirms it; resuming also answers a job that waits for a person.</summary>
internal sealed class JobPauser(JobLedger ledger, JobStarter starter, OperatedStarts operated, Handovers handovers, StageCommands stages)
{
    public async Task<Job> PauseAsync(LiveJob live, DeviceSupervisor supervisor, GivenBy by, CancellationToken cancellationToken)
    {
        await JobLedger.SettledAsync(live, cancellationToken);
        if (live.InStage && live.Job.State == JobState.Running)
        {
            await stages.PauseAfterAsync(live, by);
            return live.Job;
        }

        if (live.Job.State != JobState.Running || supervisor.Capability<IProgramRunner>() is not { } runner)
        {
            throw new DeskRefusedException($"job {live.Id} is {live.Job.State}; only a running job can be paused", "job");
        }

        bool paused = await supervisor.RunAsync((_, token) => PauseAsync(live, runner, by, token), cancellationToken);
        if (!paused)
        {
            throw new DeskRefusedException($"{live.Channel} has not confirmed the pause; the test may still pause later. Look at the instrument, or stop the job", "job");
        }

        return live.Job;
    }

    public async Task<Job> ResumeAsync(LiveJob live, DeviceSupervisor supervisor, string? acceptOcv, GivenBy by, CancellationToken cancellationToken)
    {
        await JobLedger.SettledAsync(live, cancellationToken);
        bool looksAtVoltage = live.Job.State == JobState.Waiting || live is { Job.State: JobState.Paused, Segment: null };
        if (acceptOcv is not null && !looksAtVoltage)
        {
            throw new DeskRefusedException($"job {live.Id} is {live.Job.State}; the voltage is looked at when a waiting job, or one paused between two segments, starts", "accept_ocv");
        }

        switch (live.Job.State)
        {
            case JobState.Paused or JobState.Waiting when live.InStage:
                await stages.ResumeAsync(live, by);
                break;
            case JobState.Paused when live.Segment is null:
                await stages.GoOnAsync(live, acceptOcv, by);
                break;
            case JobState.Paused when supervisor.Capability<IProgramRunner>() is { } runner:
                await RunAsync(supervisor, (_, token) => ContinueAsync(live, runner, by, token), cancellationToken);
                break;
            case JobState.Waiting:
                await handovers.AnsweredAsync(live, acceptOcv, cancellationToken);
                await RunAsync(supervisor, (device, token) => AnswerAsync(live, device, acceptOcv, by, token), cancellationToken);
                break;
            case JobState.Starting or JobState.Recovering when live.Segment is null:
                await RunAsync(supervisor, (device, token) => starter.SettleAsync(live, device, token), cancellationToken);
                break;
            default:
                throw new DeskRefusedException($"job {live.Id} is {live.Job.State}; only a paused or waiting job can be resumed", "job");
        }

        return live.Job;
    }

    /// <summary>Stored before the next turn sees the pause and takes it for one made at the instrument.</summary>
    private async Task<bool> PauseAsync(LiveJob live, IProgramRunner runner, GivenBy by, CancellationToken cancellationToken) =>
        await runner.PauseAsync(live.Channel, cancellationToken)
        && await ledger.SignalAsync(live, JobSignal.Held, $"paused by {by}", together: Audited(by, "job pause", live, null, "confirmed"));

    private async Task ContinueAsync(LiveJob live, IProgramRunner runner, GivenBy by, CancellationToken cancellationToken)
    {
        await runner.ContinueAsync(live.Channel, cancellationToken);
        await ledger.SignalAsync(live, JobSignal.Continued, $"resumed by {by}", together: Audited(by, "job resume", live, null, "confirmed"));
    }

    /// <summary>A person's yes to what the job waits for.</summary>
    private async Task AnswerAsync(LiveJob live, IDevice device, string? acceptOcv, GivenBy by, CancellationToken cancellationToken)
    {
        bool confirmed = await operated.ConfirmAsync(live, device, cancellationToken);
        await ledger.AmendAsync(
            live, job => job with { AcceptOcvReason = acceptOcv ?? job.AcceptOcvReason }, Audited(by, "job resume", live, acceptOcv, confirmed ? "confirmed" : "sent"));
        if (!confirmed)
        {
            await starter.StartAsync(live, device, cancellationToken);
        }
    }

    private static Task<bool> RunAsync(DeviceSupervisor supervisor, Func<IDevice, CancellationToken, Task> action, CancellationToken cancellationToken) =>
        supervisor.RunAsync(
            async (device, token) =>
            {
                await action(device, token);
                return true;
            },
            cancellationToken);

    private JournalWrite Audited(GivenBy by, string command, LiveJob live, string? acceptOcv, string result) =>
        new() { Audit = [ledger.Audit(by.Who, command, live.Id.Value, by.ReasonWith(acceptOcv), result)] };
}
