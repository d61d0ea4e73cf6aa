using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Storage.Archiving;

namespace CellLab.Service.Rest.Jobs;

/// <summary>Puts together what journal, Engine and analysis know of a job.</summary>
internal sealed class JobPresenter(IJournal journal, IExperimentDesk desk, ICycleSource cycles, JobArchives archives)
{
    private const int MostEvents = 100_000;

    public async Task<JobSummary> SummaryAsync(Job job, CancellationToken cancellationToken) =>
        await SummaryAsync(job, await journal.ReadSamplesAsync(job.Sample, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<JobSummary>> SummariesAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        IReadOnlyList<Sample> samples = await journal.ReadSamplesAsync(null, cancellationToken);
        ILookup<string, Sample> byName = samples.ToLookup(sample => sample.Name, StringComparer.Ordinal);
        var summaries = new List<JobSummary>(jobs.Count);
        foreach (Job job in jobs)
        {
            summaries.Add(await SummaryAsync(job, byName[job.Sample], cancellationToken));
        }

        return summaries;
    }

    public async Task<JobView> ViewAsync(Job job, CancellationToken cancellationToken)
    {
        IReadOnlyList<Segment> segments = await journal.ReadSegmentsAsync(job.Id, cancellationToken);
        IReadOnlyList<StartIntent> starts = await journal.ReadIntentsAsync(job.Id, cancellationToken);
        return new JobView(await SummaryAsync(job, cancellationToken))
        {
            DeviceTestId = segments.LastOrDefault(segment => segment.Stage is null)?.TestId,
            StartCount = starts.Count,
            Segments = [.. segments.Select(View)],
            Clocks = job.State.IsFinal() ? await ClocksAsync(job.Id, cancellationToken) : desk.ClocksOf(job.Id),
        };
    }

    /// <summary>The last event of each instrument.</summary>
    private async Task<IReadOnlyList<ClockNote>> ClocksAsync(JobId job, CancellationToken cancellationToken) =>
    [
        .. (await journal.ReadEventsAsync(job, 0, MostEvents, cancellationToken)).Where(told => told is { Kind: ClockNote.EventKind, DataJson: not null })
            .Select(told => JsonSerializer.Deserialize<ClockNote>(told.DataJson!)!).GroupBy(note => note.Device).Select(notes => notes.Last()),
    ];

    /// <summary>The sample's figures in force; those of submit where the sample is not in the journal.</summary>
    public static SampleFigures Figures(Job job, IEnumerable<Sample> versions)
    {
        Sample? newest = versions.MaxBy(sample => sample.Version);
        return newest is null
            ? new SampleFigures(job.Sample, job.Base.ActiveMassMilligrams, job.Base.MilliampereHoursPerGram, Word(LeadingDirection.Charge), job.SampleVersion)
            : new SampleFigures(job.Sample, newest.ActiveMassMilligrams, newest.NominalCapacityMilliampereHoursPerGram, Word(newest.Leading), newest.Version, newest.DiameterMillimetres);
    }

    private static string Word(LeadingDirection leading) => leading.ToString().ToLowerInvariant();

    private async Task<JobSummary> SummaryAsync(Job job, IEnumerable<Sample> versions, CancellationToken cancellationToken)
    {
        JobProgress? progress = desk.ProgressOf(job.Id);
        return new JobSummary(
            job.Id.Value, job.State, job.Verdict?.ToText(), Figures(job, versions), job.Pipeline,
            await CountAsync(job, progress, cancellationToken),
            job.StateReason, job.ProtocolName,
            new CRateBaseView(job.Base.MilliampereHoursPerGram, job.Base.ActiveMassMilligrams, job.Base.OneCAmperes),
            job.Program.LongestIntervalSeconds,
            job.SubmittedBy, job.SubmittedAtUtc, job.StartedAtUtc, job.EndedAtUtc, job.NotBeforeUtc,
            job.State == JobState.Queued ? job.Behind?.Value : null, View(progress),
            await CompanionCountsAsync(job, cancellationToken),
            archives.Find(job.Id) is { } archive ? new ArchivedView(archive.Folder, archive.AtUtc, archive.Who) : null);
    }

    /// <summary>A job that has ended, or has not begun again since a restart, has acquired what is stored.</summary>
    private async Task<CountsView> CountAsync(Job job, JobProgress? progress, CancellationToken cancellationToken)
    {
        (long stored, _) = await journal.CountRecordsAsync(job.Id, Streams.Cycler, cancellationToken);
        long published = await journal.CountPublishedAsync(job.Id, Streams.Cycler, cancellationToken);
        long? analysed = await cycles.CountAnalysedAsync(job, Streams.Cycler, cancellationToken);
        return new CountsView(Math.Max(progress?.Acquired ?? 0, stored), stored, published, analysed);
    }

    /// <summary>These rows are numbered when they are committed, so none is acquired that is not stored.</summary>
    private async Task<Dictionary<string, CountsView>> CompanionCountsAsync(Job job, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, CountsView>(StringComparer.Ordinal);
        foreach (string stream in CompanionBodies.Streams)
        {
            (long stored, _) = await journal.CountCompanionsAsync(job.Id, stream, cancellationToken);
            if (stored > 0)
            {
                long published = await journal.CountCompanionsPublishedAsync(job.Id, stream, cancellationToken);
                counts.Add(stream, new CountsView(stored, stored, published, await cycles.CountAnalysedAsync(job, stream, cancellationToken)));
            }
        }

        return counts;
    }

    private static SegmentView View(Segment segment) => new(
        segment.Index, segment.Channel.ToString(), segment.Barcode, segment.TestId, segment.StartedAtUtc, segment.ConfirmedAtUtc, segment.EndedAtUtc, segment.LastSequence, segment.Stage);

    private static ProgressView? View(JobProgress? progress) => progress is null ? null : new ProgressView(
        progress.Acquired, progress.Cycle, progress.Block, progress.Pass, progress.StepCount, progress.StepId, progress.TestTimeSeconds,
        progress.VoltageVolts, progress.CurrentAmperes, progress.LastRecordAtUtc, progress.LabSpeed);
}
