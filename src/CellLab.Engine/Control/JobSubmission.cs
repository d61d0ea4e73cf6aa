using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>Everything that is checked before a job is accepted. What is refused here has changed nothing.</summary>
internal sealed class JobSubmission(IJournal journal, LiveJobs jobs, JobLedger ledger, RestVoltages rest)
{
    public async Task<LiveJob> AcceptAsync(
        Job job, Sample? newSample, ChannelAddress channel, DeviceSupervisor supervisor, CancellationToken cancellationToken)
    {
        try
        {
            Lease(job, channel);
            await CheckInstrumentAsync(job, newSample, channel, supervisor, cancellationToken);
            return await StoreAsync(job, newSample, channel, cancellationToken);
        }
        catch
        {
            jobs.Channels.Release(channel, job.Id);
            jobs.Samples.Release(job.Sample, job.Id);
            throw;
        }
    }

    /// <summary>Taken before anything is awaited, so that of two requests at the same moment one is refused.</summary>
    private void Lease(Job job, ChannelAddress channel)
    {
        if (jobs.Samples.TryLease(job.Sample, job.Id) is { } other)
        {
            throw new DeskRefusedException($"sample '{job.Sample}' is in job {other}, which has not ended; one cell cannot be in two jobs", "sample");
        }

        if (jobs.Channels.TryLease(channel, job.Id) is { } holder)
        {
            throw new DeskRefusedException($"channel {channel} is used by job {holder}; wait for its end, stop it, or choose another pipeline", "pipeline");
        }
    }

    private async Task CheckInstrumentAsync(
        Job job, Sample? newSample, ChannelAddress channel, DeviceSupervisor supervisor, CancellationToken cancellationToken)
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

        ChannelStatus status = await supervisor.RunAsync((_, token) => bank.InspectAsync(channel, token), cancellationToken);
        await CheckCellAsync(job, newSample, channel, status, cancellationToken);
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

        if (job.AcceptOcvReason is not null)
        {
            return;
        }

        Sample sample = newSample ?? (await journal.ReadSamplesAsync(job.Sample, cancellationToken)).MaxBy(version => version.Version)
            ?? throw new DeskRefusedException($"there is no sample '{job.Sample}'", "sample");
        double? lastKnown = await rest.LastKnownAsync(job.Sample, cancellationToken);
        if (OcvCheck.Refusal(sample, status.VoltageVolts, lastKnown) is { } refusal)
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
            Events = [ledger.Event(job.Id, "job-state", $"{job.State}: submitted by {job.SubmittedBy}", channel.ToString())],
            Audit = [ledger.Audit(job.SubmittedBy, "job submit", job.Id.Value, job.AcceptOcvReason, "queued")],
        };
        await journal.CommitAsync(write, cancellationToken);
        rest.JobBegan(job.Sample, channel);
        var live = new LiveJob(job, channel);
        jobs.Add(live);
        return live;
    }
}
