using CellLab.Core.Time;
using CellLab.Messaging;
using CellLab.Service.AnalysisRole.Companions;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>Listening, computing and publishing over one opening of the store, until told to end or until something breaks.</summary>
internal sealed class AnalysisSession(
    IJobSource source, IMessageClient client, AnalysisRoleOptions options, Clocks clocks, ILogger logger)
{
    /// <summary>A service that starts beside this one does not listen at once; only what lasts is told.</summary>
    private const int FailuresBeforeTelling = 3;

    private int _failures;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using AnalysisStore store = AnalysisStore.Open(options.DataFolder);
        using var publisher = new ResultPublisher(client, options, clocks, logger);
        var listener = new RecordListener(client, options, logger);
        var companions = new CompanionWorker(source, store, publisher, options, CompanionAnalyses.All, logger);
        var worker = new AnalysisWorker(source, store, publisher, companions, options, clocks, logger);
        List<Task> parts =
        [
            Task.Run(() => listener.RunAsync(ending.Token), CancellationToken.None),
            Task.Run(() => publisher.RunAsync(ending.Token), CancellationToken.None),
            Task.Run(() => WorkAsync(worker, listener, ending.Token), CancellationToken.None),
        ];
        Task first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task WorkAsync(AnalysisWorker worker, RecordListener listener, CancellationToken cancellationToken)
    {
        SurveyTurns surveys = new(options.SurveyInterval, clocks.Wall);
        Task<bool> waiting = listener.Runs.WaitToReadAsync(cancellationToken).AsTask();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (surveys.IsDue)
                {
                    await surveys.RunAsync(() => AskingAsync(token => options.Meter.SurveyAsync(clocks, worker.SurveyAsync, token), cancellationToken));
                }

                if (!waiting.IsCompleted)
                {
                    await Task.WhenAny(waiting, Task.Delay(options.FlushInterval, clocks.Wall, cancellationToken));
                }

                if (waiting.IsCompleted && listener.Runs.TryRead(out IncomingRun? run))
                {
                    await AskingAsync(token => options.Meter.RecordsAsync(clocks, run, within => worker.TakeAsync(run, within), token), cancellationToken);
                    waiting = listener.Runs.WaitToReadAsync(cancellationToken).AsTask();
                }

                worker.FlushIfDue(now: false);
            }
        }
        finally
        {
            worker.FlushIfDue(now: true);
        }
    }

    /// <summary>The service may be away: nothing is lost by that, the next survey asks again.</summary>
    private async Task AskingAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(cancellationToken);
            _failures = 0;
        }
        catch (JobSourceException error)
        {
            _failures++;
            if (_failures == FailuresBeforeTelling)
            {
                Log.ServiceNotReached(logger, error.Message);
            }

            await Task.Delay(options.RetryInterval, clocks.Wall, cancellationToken);
        }
    }
}
