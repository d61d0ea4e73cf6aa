using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>Everything that is checked before a job is accepted. What is refused here has changed nothing.</summary>
internal sealed class JobSubmission(IJournal journal, LiveJobs jobs, JobLedger ledger, CellCheck cells, JobDispatcher dispatcher)
{
    public async Task<LiveJob> AcceptAsync(
        Job job, Sample? newSample, ChannelAddress channel, DeviceSupervisor supervisor, CancellationToken cancellationToken)
    {
        try
        {
            Book(job, channel);
            JobId? ahead = jobs.Bookings.Ahead(job.Id);
            IChannelBank bank = CheckInstrument(job, channel, supervisor);
            if (ahead is null)
            {
                ChannelStatus status = await supervisor.RunAsync((_, token) => bank.InspectAsync(channel, token), cancellationToken);
                await CheckCellAsync(job, newSample, channel, status, cancellationToken);
            }

            ahead = jobs.Bookings.Ahead(job.Id) ?? ahead; // one that has ended meanwhile still decides whether this one may follow
            return await StoreAsync(Queued(job, ahead, channel), newSample, channel, cancellationToken);
        }
        catch
        {
            jobs.Bookings.Release(job.Id);
            dispatcher.MoveUp(channel);
            throw;
        }
    }

    private static Job Queued(Job job, JobId? ahead, ChannelAddress channel) => ahead is { } before
        ? job with { Behind = before, StateReason = JobDispatcher.QueuedBehind(before, channel) }
        : job.NotBeforeUtc is { } due
            ? job with { StateReason = string.Create(CultureInfo.InvariantCulture, $"starts at {due:yyyy-MM-dd HH:mm:ss} UTC on {channel}") }
            : job;

    /// <summary>Taken before anything is awaited, so that of two requests at the same moment one is refused.</summary>
    private void Book(Job job, ChannelAddress channel)
    {
        if (jobs.Bookings.TryBook(job.Id, job.Sample, channel) is { } other)
        {
            throw new DeskRefusedException($"sample '{job.Sample}' is in job {other} on another channel, which has not ended; one cell cannot be in two places", "sample");
        }
    }

    private static IChannelBank CheckInstrument(Job job, ChannelAddress channel, DeviceSupervisor supervisor)
    {
        if (supervisor.Capability<IProgramRunner>() is not { } runner || supervisor.Capability<IChannelBank>() is not { } bank)
        {
            throw new DeskRefusedException($"device {supervisor.Id} ({supervisor.Driver}) cannot run a program by itself", "pipeline");
        }

        if (supervisor.State != DeviceState.Online)
        {
            throw new DeskRefusedException($"device {supervisor.Id} is {supervisor.State}{(supervisor.LastError is null ? "" : $" ({supervisor.LastError})")}; nothing is started on an instrument that does not answer", "pipeline");
        }

        if (!supervisor.Channels.Contains(channel))
        {
            throw new DeskRefusedException($"device {supervisor.Id} does not show channel {channel.Channel}; it has {string.Join(", ", supervisor.Channels.Select(found => found.Channel))}", "pipeline");
        }

        if (runner.Check(channel, job.Program) is { Count: > 0 } cannot)
        {
            throw new DeskRefusedException(string.Join("; ", cannot), "protocol");
        }

        return bank;
    }

    private async Task CheckCellAsync(
        Job job, Sample? newSample, ChannelAddress channel, ChannelStatus status, CancellationToken cancellationToken)
    {
        if (status.State is ChannelState.Running or ChannelState.Paused)
        {
            throw new DeskRefusedException($"channel {channel} is busy: '{status.StateText}', test {status.TestId}, barcode '{status.Barcode}'; it was not started by a job of this service", "pipeline");
        }

        if (status.State is ChannelState.Unknown or ChannelState.Faulted)
        {
            throw new DeskRefusedException($"the state of channel {channel} is unclear ('{status.StateText}'); look at the instrument first", "pipeline");
        }

        if (await cells.RefusalAsync(job, newSample, status, cancellationToken) is { } refusal)
        {
            throw new DeskRefusedException($"{channel}: {refusal}", "accept_ocv");
        }
    }

    private async Task<LiveJob> StoreAsync(Job job, Sample? newSample, ChannelAddress channel, CancellationToken cancellationToken)
    {
        var write = new JournalWrite
        {
            Jobs = [job],
            Samples = newSample is null ? [] : [newSample],
            Events = [ledger.Event(job.Id, "job-state", $"{job.State}: submitted by {job.SubmittedBy}{(job.StateReason.Length > 0 ? $", {job.StateReason}" : "")}", channel.ToString())],
            Audit = [ledger.Audit(job.SubmittedBy, "job submit", job.Id.Value, job.AcceptOcvReason, "queued")],
        };
        await journal.CommitAsync(write, cancellationToken);
        var live = new LiveJob(job, channel);
        jobs.Add(live);
        return live;
    }
}
