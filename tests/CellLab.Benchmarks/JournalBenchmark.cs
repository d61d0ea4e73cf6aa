using System.Collections.Concurrent;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Benchmarks;

/// <summary>Cabinets of eight channels at 10 rows/s each, polled once a second in turn, committed with their segments' progress, published once a
/// second; then the same without pauses.</summary>
internal sealed class JournalBenchmark(string name, int channels) : IBenchmark
{
    private const int RowsPerPoll = 10;
    private const int PacedSeconds = 30;
    private const int RowsMovedAtOnce = 256;
    private static readonly TimeProvider Wall = TimeProvider.System;

    public string Name => name;

    public string Summary => $"durable commits for {channels} channels x 10 Hz, one poll a second";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-benchmark-").FullName;
        try
        {
            double[] disk = DiskBaseline.SortedMilliseconds(folder, Wall);
            await using Journal journal = await Journal.OpenAsync(folder, Clocks.RealTime, NullLoggerFactory.Instance, cancellationToken);
            JournalLoad[] cabinets = [.. Enumerable.Range(0, channels / JournalLoad.Channels).Select(n => new JournalLoad(n, Wall.GetUtcNow()))];
            await PreloadAsync(journal, cabinets, cancellationToken);
            List<Figure> figures = await RunPacedAsync(journal, cabinets, disk, cancellationToken);
            figures.AddRange(await RunFlatOutAsync(journal, cabinets, cancellationToken));
            figures.Add(await FilesPerRecordAsync(journal, cabinets, folder, cancellationToken));
            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Channels start with different numbers of rows, as they have in a running laboratory: else all would be moved in one burst.</summary>
    private static async Task PreloadAsync(Journal journal, JournalLoad[] cabinets, CancellationToken cancellationToken)
    {
        int spread = cabinets.Length * JournalLoad.Channels;
        for (int n = 0; n < cabinets.Length; n++)
        {
            int first = n * JournalLoad.Channels;
            await journal.CommitAsync(cabinets[n].Poll(channel => 1 + ((first + channel) * RowsMovedAtOnce / spread)), cancellationToken);
        }

        await journal.WriteCursorAsync(JournalCursors.Publisher, journal.LastPosition, cancellationToken);
    }

    private static async Task<List<Figure>> RunPacedAsync(
        Journal journal, JournalLoad[] cabinets, double[] disk, CancellationToken cancellationToken)
    {
        var latencies = new ConcurrentBag<double>();
        ProcessUse before = ProcessUse.Now();
        long rowsBefore = journal.LastPosition;
        long started = Wall.GetTimestamp();
        Task[] polls = [.. cabinets.Select((cabinet, n) => PollAsync(journal, cabinet, (double)n / cabinets.Length, latencies, cancellationToken))];
        await Task.WhenAll([.. polls, PublishAsync(journal, cancellationToken)]);

        double seconds = Wall.GetElapsedTime(started).TotalSeconds;
        ProcessUse after = ProcessUse.Now();
        double rows = journal.LastPosition - rowsBefore;
        double[] sorted = [.. latencies.Order()];
        var figures = new List<Figure>
        {
            new("paced_rows_per_s", rows / seconds),
            new("commit_p50_ms", Percentiles.Of(sorted, 50)),
            new("commit_p99_ms", Percentiles.Of(sorted, 99)),
            new("commit_max_ms", sorted[^1]),
            new("disk_flush_p50_ms", Percentiles.Of(disk, 50)),
            new("disk_flush_p99_ms", Percentiles.Of(disk, 99)),
            new("commit_p50_over_disk_flush_p50", Percentiles.Of(sorted, 50) / Percentiles.Of(disk, 50)),
            new("processor_cores", (after.Processor - before.Processor).TotalSeconds / seconds),
        };
        if (after.WrittenBytes - before.WrittenBytes is { } written)
        {
            figures.Add(new Figure("written_bytes_per_record", written / rows));
        }

        return figures;
    }

    private static async Task PollAsync(
        Journal journal, JournalLoad cabinet, double phaseSeconds, ConcurrentBag<double> latencies, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(phaseSeconds), Wall, cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), Wall);
        for (int poll = 0; poll < PacedSeconds; poll++)
        {
            JournalWrite write = cabinet.Poll(_ => RowsPerPoll);
            long started = Wall.GetTimestamp();
            await journal.CommitAsync(write, cancellationToken);
            latencies.Add(Wall.GetElapsedTime(started).TotalMilliseconds);
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task PublishAsync(Journal journal, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), Wall);
        for (int second = 0; second < PacedSeconds; second++)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            await journal.WriteCursorAsync(JournalCursors.Publisher, journal.LastPosition, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<Figure>> RunFlatOutAsync(Journal journal, JournalLoad[] cabinets, CancellationToken cancellationToken)
    {
        const int Polls = 20;
        long rowsBefore = journal.LastPosition;
        long started = Wall.GetTimestamp();
        await Task.WhenAll(cabinets.Select(async cabinet =>
        {
            for (int poll = 0; poll < Polls; poll++)
            {
                await journal.CommitAsync(cabinet.Poll(_ => RowsPerPoll), cancellationToken);
            }
        }));
        return [new Figure("flat_out_rows_per_s", (journal.LastPosition - rowsBefore) / Wall.GetElapsedTime(started).TotalSeconds)];
    }

    /// <summary>Size of all jobs' files over the rows in them, when every row has been moved.</summary>
    private static async Task<Figure> FilesPerRecordAsync(
        Journal journal, JournalLoad[] cabinets, string folder, CancellationToken cancellationToken)
    {
        await journal.WriteCursorAsync(JournalCursors.Publisher, journal.LastPosition, cancellationToken);
        await journal.MoveAllAsync(cancellationToken);
        string[] files = Directory.GetFiles(Path.Combine(folder, "jobs"), "*.db");
        if (files.Length != cabinets.Length * JournalLoad.Channels)
        {
            throw new InvalidOperationException($"expected a file for each of {cabinets.Length * JournalLoad.Channels} jobs, found {files.Length}");
        }

        return new Figure("job_file_bytes_per_record", files.Sum(file => (double)new FileInfo(file).Length) / journal.LastPosition);
    }
}
