using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Storage.Export;

/// <summary><c>ixdat-csv</c>: cycler and ion currents of a job on one time axis, laid out as the open package ixdat writes its CSV files (its exporter
/// and reader, MIT; docs/reference/foreign-formats.md). Ion currents are held in memory, 16 bytes each.</summary>
public sealed class IxdatCsvExport(IJournal journal, ExportContext context)
{
    /// <exception cref="StorageException">Rows that should be there cannot be read.</exception>
    public async Task<ExportFile> PrepareAsync(Job job, CancellationToken cancellationToken)
    {
        IReadOnlyList<Segment> segments = await journal.ReadSegmentsAsync(job.Id, cancellationToken);
        (_, long records) = await journal.CountRecordsAsync(job.Id, Streams.Cycler, cancellationToken);
        DateTimeOffset origin = segments.Count > 0 ? segments[0].StartedAtUtc : job.StartedAtUtc ?? job.SubmittedAtUtc;
        IonTable ions = await IonTable.ReadAsync(journal, job.Id, origin, cancellationToken);
        string stem = ExportNames.Stem(context, job, segments.Count > 0 ? segments[^1] : null);
        var head = new IxdatHead($"{job.Sample} {job.ProtocolName} {job.Id}", origin, ions.Masses);
        return new ExportFile(stem + ".ixdat.csv", (target, token) => WriteAsync(head, ions, job.Id, records, origin, target, token));
    }

    private async Task WriteAsync(
        IxdatHead head, IonTable ions, JobId job, long records, DateTimeOffset origin, Stream target, CancellationToken cancellationToken)
    {
        await using var line = new CsvLine(target);
        foreach (string text in head.Lines())
        {
            line.Raw(text);
            await line.EndAsync(cancellationToken);
        }

        int written = 0;
        await foreach (RecordRow row in RecordPages.ReadAsync(journal, job, Streams.Cycler, records, cancellationToken))
        {
            line.Exact((row.Record.TakenAtUtc - origin).TotalSeconds).Exact(row.Record.VoltageVolts).Exact(row.Record.CurrentAmperes * 1e3).Integer(row.Cycle);
            ions.WriteRow(line, written);
            written++;
            await line.EndAsync(cancellationToken);
        }

        for (; written < ions.Rows; written++)
        {
            line.Exact(null).Exact(null).Exact(null).Integer(null);
            ions.WriteRow(line, written);
            await line.EndAsync(cancellationToken);
        }

        await line.FlushAsync(cancellationToken);
    }
}
