using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Alarms;
using CellLab.Engine.Desk;
using CellLab.Engine.Hosted;
using CellLab.Engine.Live;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>Takes an ended job up again: what is left of its program becomes a new segment. What is refused here has changed nothing.</summary>
internal sealed class JobContinuation(IJournal journal, LiveJobs jobs, JobLedger ledger, AlarmDesk alarms, CellCheck cells)
{
    /// <summary>Of two requests at the same moment one is refused.</summary>
    private readonly ConcurrentDictionary<JobId, byte> _underWay = new();

    /// <returns>The job, queued on the channel.</returns>
    /// <exception cref="DeskRefusedException">It has not ended, has run to its end, or cannot be started there.</exception>
    public async Task<LiveJob> AcceptAsync(
        JobId job, ChannelAddress channel, DeviceSupervisor supervisor, string? acceptOcv, string who, CancellationToken cancellationToken)
    {
        if (!_underWay.TryAdd(job, 0))
        {
            throw new DeskRefusedException($"job {job} is being continued by another request", "job");
        }

        try
        {
            Job ended = (await journal.ReadJobAsync(job, cancellationToken))!;
            return await TakeUpAsync(ended, channel, supervisor, acceptOcv, who, cancellationToken);
        }
        finally
        {
            _underWay.TryRemove(job, out _);
        }
    }

    private async Task<LiveJob> TakeUpAsync(
        Job ended, ChannelAddress channel, DeviceSupervisor supervisor, string? acceptOcv, string who, CancellationToken cancellationToken)
    {
        IReadOnlyList<Segment> segments = await SegmentsAsync(ended, cancellationToken);
        Book(ended, channel);
        try
        {
            var live = new LiveJob(ended with { Channel = channel, AcceptOcvReason = acceptOcv }, channel, supervisor.Capability<HostedProgramRunner>() is not null);
            foreach (Segment segment in segments)
            {
                live.Stored(segment);
            }

            NextSegment next = Next(live);
            await CheckAsync(live, next, supervisor, cancellationToken);
            await StoreAsync(live, next, acceptOcv, who);
            jobs.Add(live);
            return live;
        }
        catch
        {
            jobs.Bookings.Release(ended.Id);
            throw;
        }
    }

    /// <summary>In order; the last one as ended.</summary>
    private async Task<IReadOnlyList<Segment>> SegmentsAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.State is not (JobState.Failed or JobState.Cancelled))
        {
            throw new DeskRefusedException(
                job.State == JobState.Completed ? $"job {job.Id} has run to its end; nothing is left" : $"job {job.Id} is {job.State}; stop it first, then continue it", "job");
        }

        Segment[] segments = [.. (await journal.ReadSegmentsAsync(job.Id, cancellationToken)).OrderBy(segment => segment.Index)];
        Segment last = segments.LastOrDefault()
            ?? throw new DeskRefusedException($"job {job.Id} had not begun; submit it again", "job");
        return !TrackerState.FromToken(last.EngineToken).HasStrayed
            ? [.. segments.SkipLast(1), last with { EndedAtUtc = last.EndedAtUtc ?? job.EndedAtUtc }]
            : throw new DeskRefusedException($"the steps of job {job.Id} had left the order of its program; what is left of it is not known", "job");
    }

    private void Book(Job job, ChannelAddress channel)
    {
        if (jobs.Bookings.TryBook(job.Id, job.Sample, channel) is { } other)
        {
            throw new DeskRefusedException($"sample '{job.Sample}' is in job {other} on another channel, which has not ended; one cell cannot be in two places", "sample");
        }

        if (jobs.Bookings.Ahead(job.Id) is { } ahead)
        {
            JobId holder = jobs.Bookings.HolderOf(channel) ?? ahead;
            jobs.Bookings.Release(job.Id);
            throw new DeskRefusedException($"channel {channel} is used by job {holder}; wait for its end, stop it, or name another channel with --on", "on");
        }
    }

    private static NextSegment Next(LiveJob live)
    {
        try
        {
            return NextSegment.Of(live.Job, live.Plan, live.Previous) ?? throw new DeskRefusedException($"nothing of job {live.Id} is left to be run", "job");
        }
        catch (ArgumentException implausible)
        {
            throw new DeskRefusedException(implausible.Message, "job");
        }
    }

    private async Task CheckAsync(LiveJob live, NextSegment next, DeviceSupervisor supervisor, CancellationToken cancellationToken)
    {
        (IChannelBank bank, IProgramRunner runner) = ChannelCheck.Require(live.Channel, supervisor, "on");
        if (next.Stage is null && runner.Check(live.Channel, next.Program) is { Count: > 0 } cannot)
        {
            throw new DeskRefusedException(string.Join("; ", cannot), "on");
        }

        ChannelStatus status = await supervisor.RunAsync((_, token) => bank.InspectAsync(live.Channel, token), cancellationToken);
        ChannelCheck.RequireFree(status, "on");
        if (await cells.RefusalAsync(live.Job, live, null, status, cancellationToken) is { } refusal)
        {
            throw new DeskRefusedException($"{live.Channel}: {refusal}", "accept_ocv");
        }
    }

    private async Task StoreAsync(LiveJob live, NextSegment next, string? acceptOcv, string who)
    {
        string text = $"continued by {who} on {live.Channel} with {next.Why}; the cell rests at open circuit until segment {next.Index} starts";
        Segment previous = live.Previous!;
        var together = new JournalWrite
        {
            Segments = [previous],
            Events = [ledger.Event(live.Id, "seam", text, live.Channel.ToString())],
            Audit = [ledger.Audit(who, "job continue", live.Id.Value, acceptOcv, "queued")],
        };
        await alarms.ClearOfJobAsync(live.Id);
        await ledger.SignalAsync(
            live, JobSignal.ContinueRequested, text, job => job with { Verdict = null, EndedAtUtc = null, NotBeforeUtc = null, Behind = null }, together);
    }
}
