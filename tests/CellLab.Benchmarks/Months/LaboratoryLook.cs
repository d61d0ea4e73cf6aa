using System.Text.Json;
using CellLab.Benchmarks.Pipeline;

namespace CellLab.Benchmarks.Months;

/// <summary>One look at a running service: the process, what is stored, the files, how quick it answers. Sizes in MB (1e6 bytes), times in ms.</summary>
internal sealed record LaboratoryLook(
    double ResidentMb, double HeapMb, double Handles, double Threads, double Records, double JournalMb, double JobFilesMb, double AnalysisMb, double LogsMb,
    double JobsMs, double JobsLongestMs, double SeriesMs, double PageMs)
{
    private const int Questions = 15;
    private static readonly TimeProvider Wall = TimeProvider.System;

    public static async Task<LaboratoryLook> TakeAsync(PipelineLab lab, CancellationToken cancellationToken)
    {
        Func<string, double> metric = await lab.MetricsAsync(cancellationToken);
        double[] jobs = await AskAsync(lab, "jobs", cancellationToken);
        double[] series = await AskAsync(lab, $"jobs/{await FastestJobAsync(lab, cancellationToken)}/series?columns=voltage_v,current_a&points=1500", cancellationToken);
        double[] page = await AskAsync(lab, "../../", cancellationToken);
        return new LaboratoryLook(
            metric("process_resident_memory_bytes") / 1e6, metric("dotnet_gc_heap_bytes") / 1e6, metric("process_open_handles"), metric("process_num_threads"),
            metric("celllab_records_stored"), Files(lab, "journal.db*"), Files(lab, "*.db*") - Files(lab, "journal.db*") - Files(lab, "analysis.db*"),
            Files(lab, "analysis.db*"), Files(lab, "*.log*"),
            Percentiles.Of(jobs, 50), jobs[^1], Percentiles.Of(series, 50), Percentiles.Of(page, 50));
    }

    public IEnumerable<Figure> Figures(string prefix) =>
    [
        new($"{prefix}_resident_mb", ResidentMb), new($"{prefix}_heap_mb", HeapMb), new($"{prefix}_handles", Handles), new($"{prefix}_threads", Threads),
        new($"{prefix}_records_stored", Records), new($"{prefix}_journal_mb", JournalMb), new($"{prefix}_job_files_mb", JobFilesMb),
        new($"{prefix}_analysis_mb", AnalysisMb), new($"{prefix}_logs_mb", LogsMb),
        new($"{prefix}_get_jobs_p50_ms", JobsMs), new($"{prefix}_get_jobs_longest_ms", JobsLongestMs),
        new($"{prefix}_get_series_p50_ms", SeriesMs), new($"{prefix}_get_page_p50_ms", PageMs),
    ];

    private static double Files(PipelineLab lab, string pattern) =>
        new DirectoryInfo(lab.Data).EnumerateFiles(pattern, SearchOption.AllDirectories).Sum(file => (double)file.Length) / 1e6;

    /// <summary>The job on the first channel, which has the highest rate and the most records.</summary>
    private static async Task<string> FastestJobAsync(PipelineLab lab, CancellationToken cancellationToken)
    {
        using JsonDocument jobs = JsonDocument.Parse(await lab.Http.GetStringAsync(new Uri("jobs", UriKind.Relative), cancellationToken));
        return jobs.RootElement.GetProperty("jobs").EnumerateArray()
            .First(job => job.GetProperty("pipeline").GetString() == lab.Pipelines[0]).GetProperty("job").GetString()!;
    }

    private static async Task<double[]> AskAsync(PipelineLab lab, string address, CancellationToken cancellationToken)
    {
        var milliseconds = new double[Questions];
        for (int index = 0; index < Questions; index++)
        {
            long began = Wall.GetTimestamp();
            await lab.Http.GetByteArrayAsync(new Uri(address, UriKind.Relative), cancellationToken);
            milliseconds[index] = Wall.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds;
    }
}
