using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Engine.Hosted;
using CellLab.Engine.Live;
using CellLab.Engine.Stages;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>Everything that is checked before a job is accepted. What is refused here has changed nothing.</summary>
internal sealed class JobSubmission(IJournal journal, LiveJobs jobs, JobLedger ledger, CellCheck cells, JobDispatcher dispatcher, StageCheck stages)
{
    public async Task<LiveJob> AcceptAsync(
        Job job, Sample? newSample, ChannelAddress channel, DeviceSupervisor supervisor, CancellationToken cancellationToken)
    {
        try
        {
            job = WithoutBeside(job);
            Book(job, channel);
            JobId? ahead = jobs.Bookings.Ahead(job.Id);
            RefuseUnaskedQueue(job, ahead, channel);
            IChannelBank bank = CheckInstrument(job, channel, supervisor);
            if (ahead is null)
            {
                ChannelStatus status = await supervisor.RunAsync((_, token) => bank.InspectAsync(channel, token), cancellationToken);
                await CheckCellAsync(job, newSample, channel, status, cancellationToken);
            }

            ahead = jobs.Bookings.Ahead(job.Id) ?? ahead; // one that has ended meanwhile still decides whether this one may follow
            return await StoreAsync(Queued(job, ahead, channel), newSample, channel, supervisor, cancellationToken);
        }
        catch
        {
            jobs.Bookings.Release(job.Id);
            dispatcher.MoveUp(channel);
            throw;
        }
    }

    /// <summary>What the cycler and the rows' step numbers know; the steps beside it stay with the program as marks.</summary>
    private static Job WithoutBeside(Job job)
    {
        try
        {
            return job with { Program = BesideSteps.Strip(job.Program) };
        }
        catch (ArgumentException nothing)
        {
            throw new DeskRefusedException(nothing.Message, "protocol");
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

    private void RefuseUnaskedQueue(Job job, JobId? ahead, ChannelAddress channel)
    {
        if (ahead is not { } before || job.MayQueue || job.NotBeforeUtc is not null)
        {
            return;
        }

        throw jobs.Find(before) is { } other && other.Job.Sample == job.Sample
            ? new DeskRefusedException($"sample '{job.Sample}' is in job {before}, which has not ended; to run this one on the same cell after it, queue it (--queue)", "sample")
            : new DeskRefusedException($"channel {channel} is used by job {before}; wait for its end, stop it, choose another pipeline, or queue this job behind it (--queue)", "pipeline");
    }

    private IChannelBank CheckInstrument(Job job, ChannelAddress channel, DeviceSupervisor supervisor)
    {
        stages.Require(job, channel);
        (IChannelBank bank, IProgramRunner runner) = ChannelCheck.Require(channel, supervisor, "pipeline");
        string[] cannot = [.. ProgramsOf(job, IsStepped(supervisor)).SelectMany(program => runner.Check(channel, program)).Distinct()];
        return cannot.Length == 0 ? bank : throw new DeskRefusedException(string.Join("; ", cannot), "protocol");
    }

    private static bool IsStepped(DeviceSupervisor supervisor) => supervisor.Capability<HostedProgramRunner>() is not null;

    /// <summary>The programs that the instrument gets one after the other; currents that follow from a measured capacity with the nominal one.</summary>
    private static IEnumerable<CellProgram> ProgramsOf(Job job, bool stepped)
    {
        try
        {
            return SegmentPlan.Of(job.Program, ExecutorAbility.For(job.Program, stepped, job.Leading)).Stages
                .Where(stage => stage.Other is null)
                .DistinctBy(stage => (stage.StepOffset, stage.EndPlace - stage.FirstPlace))
                .Select(stage => stage.ProgramFor(job.Program.NominalCapacityAmpereHours));
        }
        catch (ArgumentException tooMany)
        {
            throw new DeskRefusedException(tooMany.Message, "protocol");
        }
    }

    private async Task CheckCellAsync(
        Job job, Sample? newSample, ChannelAddress channel, ChannelStatus status, CancellationToken cancellationToken)
    {
        ChannelCheck.RequireFree(status, "pipeline");
        if (await cells.RefusalAsync(job, null, newSample, status, cancellationToken) is { } refusal)
        {
            throw new DeskRefusedException($"{channel}: {refusal}", "accept_ocv");
        }
    }

    private async Task<LiveJob> StoreAsync(Job job, Sample? newSample, ChannelAddress channel, DeviceSupervisor supervisor, CancellationToken cancellationToken)
    {
        var write = new JournalWrite
        {
            Jobs = [job],
            Samples = newSample is null ? [] : [newSample],
            Events = [ledger.Event(job.Id, "job-state", $"{job.State}: submitted by {job.SubmittedBy}{(job.StateReason.Length > 0 ? $", {job.StateReason}" : "")}", channel.ToString())],
            Audit = [ledger.Audit(job.SubmittedBy, "job submit", job.Id.Value, job.AcceptOcvReason, "queued")],
        };
        await journal.CommitAsync(write, cancellationToken);
        var live = new LiveJob(job, channel, IsStepped(supervisor));
        jobs.Add(live);
        return live;
    }
}
