using CellLab.Core.Time;
using CellLab.Service.Telemetry;

namespace CellLab.Service.AnalysisRole;

/// <summary>Counts what the analysis does and leaves a span of it; costs next to nothing where nobody asks.</summary>
public sealed class AnalysisMeter
{
    private long _rows;
    private long _holes;
    private long _surveys;
    private long _failures;

    /// <summary>Rows taken from messages, holes filled over REST, looks at all jobs, and how often the service, the store or the broker ended one of these.</summary>
    public (long Rows, long Holes, long Surveys, long Failures) Read() =>
        (Interlocked.Read(ref _rows), Interlocked.Read(ref _holes), Interlocked.Read(ref _surveys), Interlocked.Read(ref _failures));

    internal void HoleFilled() => Interlocked.Increment(ref _holes);

    internal void SessionFailed() => Interlocked.Increment(ref _failures);

    internal async Task RecordsAsync(Clocks clocks, IncomingRun run, Func<CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        int rows = run.Records.Count + run.Companions.Count;
        string? job = run.Records.Count > 0 ? run.Records[0].Job.Value : run.Companions.Count > 0 ? run.Companions[0].Job.Value : null;
        await ToldAsync(clocks, ServiceTracing.AnalysisRecords, new() { ["celllab.job"] = job, ["celllab.rows"] = rows }, take, cancellationToken);
        Interlocked.Add(ref _rows, rows);
    }

    internal async Task SurveyAsync(Clocks clocks, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        await ToldAsync(clocks, ServiceTracing.AnalysisSurvey, [], look, cancellationToken);
        Interlocked.Increment(ref _surveys);
    }

    /// <summary>Written down when it is over: only then is it known whether it was slow or failed.</summary>
    private async Task ToldAsync(
        Clocks clocks, string name, System.Diagnostics.ActivityTagsCollection tags, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        DateTimeOffset began = clocks.Wall.GetUtcNow();
        long started = clocks.Wall.GetTimestamp();
        string? failure = null;
        try
        {
            await work(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            failure = error.Message;
            Interlocked.Increment(ref _failures);
            throw;
        }
        finally
        {
            ServiceTracing.Done(name, began, clocks.Wall.GetElapsedTime(started), tags, failure);
        }
    }
}
