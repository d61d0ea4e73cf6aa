using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;

namespace CellLab.Storage.Export;

/// <summary><c>bdf-csv</c>: the rows of a job in the Battery Data Format (LF Energy, ontology 1.3.0) with its sidecar of metadata. Memory does
/// not grow with the number of rows, only with the number of steps.</summary>
public sealed class BdfCsvExport(IJournal journal, ExportContext context)
{
    private const int MostEvents = 100_000;

    /// <summary>Goes once over the rows; the files are written when the caller asks for them, of the rows that were there now.</summary>
    /// <exception cref="StorageException">Rows that should be there cannot be read.</exception>
    public async Task<IReadOnlyList<ExportFile>> PrepareAsync(Job job, CancellationToken cancellationToken)
    {
        ExportSubject subject = await ReadSubjectAsync(job, cancellationToken);
        JobOutline outline = await OutlineAsync(job, subject.Segments, cancellationToken);
        string stem = ExportNames.Stem(context, job, subject.LastSegment);
        var table = new BdfWriter(journal, job, Streams.Cycler, outline);
        var sidecar = new BdfSidecar(context, subject, outline);
        return
        [
            new ExportFile(stem + ".bdf.csv", table.WriteAsync),
            new ExportFile(stem + ".bdf.metadata.json", sidecar.WriteAsync),
        ];
    }

    private async Task<ExportSubject> ReadSubjectAsync(Job job, CancellationToken cancellationToken)
    {
        IReadOnlyList<Sample> versions = await journal.ReadSamplesAsync(job.Sample, cancellationToken);
        IReadOnlyList<Alarm> alarms = await journal.ReadAlarmsAsync(includeOver: true, cancellationToken);
        return new ExportSubject(
            job,
            versions.FirstOrDefault(sample => sample.Version == job.SampleVersion),
            [.. (await journal.ReadSegmentsAsync(job.Id, cancellationToken)).Where(segment => segment.Stage is null)],
            [.. alarms.Where(alarm => alarm.Job == job.Id)],
            await journal.ReadEventsAsync(job.Id, 0, MostEvents, cancellationToken),
            await CompanionFacts.ReadAsync(journal, job.Id, cancellationToken));
    }

    private async Task<JobOutline> OutlineAsync(Job job, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        (_, long last) = await journal.CountRecordsAsync(job.Id, Streams.Cycler, cancellationToken);
        var builder = new OutlineBuilder(job, segments, await journal.ReadStepTimesAsync(job.Id, Streams.Cycler, cancellationToken));
        await foreach (RecordRow row in RecordPages.ReadAsync(journal, job.Id, Streams.Cycler, last, cancellationToken))
        {
            builder.Add(row);
        }

        return builder.Build();
    }
}
