using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;

namespace CellLab.Service.Rest.Jobs;

/// <summary>Puts together what journal, Engine and analysis know of a job.</summary>
internal sealed class JobPresenter(IJournal journal, IExperimentDesk desk, ICycleSource cycles)
{
    public async Task<JobSummary> SummaryAsync(Job job, CancellationToken cancellationToken) => Summary(job, await FiguresAsync(job, cancellationToken));

    public async Task<IReadOnlyList<JobSummary>> SummariesAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        IReadOnlyList<Sample> samples = await journal.ReadSamplesAsync(null, cancellationToken);
        ILookup<string, Sample> byName = samples.ToLookup(sample => sample.Name, StringComparer.Ordinal);
        return [.. jobs.Select(job => Summary(job, Figures(job, byName[job.Sample])))];
    }

    public async Task<JobView> ViewAsync(Job job, CancellationToken cancellationToken)
    {
        IReadOnlyList<Segment> segments = await journal.ReadSegmentsAsync(job.Id, cancellationToken);
        IReadOnlyList<StartIntent> starts = await journal.ReadIntentsAsync(job.Id, cancellationToken);
        CountsView counts = await CountAsync(job, segments, cancellationToken);
        return new JobView(await SummaryAsync(job, cancellationToken))
        {
            Counts = counts,
            DeviceTestId = segments.Count > 0 ? segments[^1].TestId : null,
            StartCount = starts.Count,
            Segments = [.. segments.Select(View)],
        };
    }

    /// <summary>The sample's figures in force; those of submit where the sample is not in the journal.</summary>
    public async Task<SampleFigures> FiguresAsync(Job job, CancellationToken cancellationToken) =>
        Figures(job, await journal.ReadSamplesAsync(job.Sample, cancellationToken));

    private static SampleFigures Figures(Job job, IEnumerable<Sample> versions)
    {
        Sample? newest = versions.MaxBy(sample => sample.Version);
        return newest is null
            ? new SampleFigures(job.Sample, job.Base.ActiveMassMilligrams, job.Base.MilliampereHoursPerGram, job.SampleVersion)
            : new SampleFigures(job.Sample, newest.ActiveMassMilligrams, newest.NominalCapacityMilliampereHoursPerGram, newest.Version);
    }

    private JobSummary Summary(Job job, SampleFigures sample) => new(
        job.Id.Value, job.State, job.Verdict?.ToText(), sample, job.Pipeline, job.StateReason, job.ProtocolName,
        new CRateBaseView(job.Base.MilliampereHoursPerGram, job.Base.ActiveMassMilligrams, job.Base.OneCAmperes),
        job.SubmittedBy, job.SubmittedAtUtc, job.StartedAtUtc, job.EndedAtUtc, View(desk.ProgressOf(job.Id)));

    private async Task<CountsView> CountAsync(Job job, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        (long stored, _) = await journal.CountRecordsAsync(job.Id, Streams.Cycler, cancellationToken);
        long published = await journal.CountPublishedAsync(job.Id, Streams.Cycler, cancellationToken);
        long? analysed = await cycles.CountAnalysedAsync(job.Id, cancellationToken);
        long acquired = desk.ProgressOf(job.Id)?.Acquired ?? (segments.Count > 0 ? segments[^1].LastSequence : 0);
        return new CountsView(Math.Max(acquired, stored), stored, published, analysed);
    }

    private static SegmentView View(Segment segment) => new(
        segment.Index, segment.Channel.ToString(), segment.Barcode, segment.TestId, segment.StartedAtUtc, segment.EndedAtUtc, segment.LastSequence);

    private static ProgressView? View(JobProgress? progress) => progress is null ? null : new ProgressView(
        progress.Acquired, progress.Cycle, progress.Block, progress.Pass, progress.StepCount, progress.StepId, progress.TestTimeSeconds,
        progress.VoltageVolts, progress.CurrentAmperes, progress.LastRecordAtUtc, progress.LabSpeed);
}
