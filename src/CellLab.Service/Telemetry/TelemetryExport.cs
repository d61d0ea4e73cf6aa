using CellLab.Service.Hosting;
using CellLab.Service.Rest.Observing;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CellLab.Service.Telemetry;

/// <summary>Sends figures at an interval and traces as they come to the configured collector. Whether it answers, refuses or hangs: nobody waits for it, what it does
/// not take is thrown away, and the end of the service is put off by it for at most <see cref="LongestEnd"/>.</summary>
internal sealed class TelemetryExport : IAsyncDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(3);

    private readonly TelemetrySettings settings;
    private readonly Func<CancellationToken, Task<IReadOnlyList<FigureFamily>>> figures;
    private readonly TimeProvider wall;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly TracerProvider? traces;
    private readonly FigureInstruments? instruments;
    private readonly MeterProvider? metrics;
    private readonly MetricReader? reader;
    private Task running = Task.CompletedTask;

    /// <param name="figures">Reads all that are sent.</param>
    /// <param name="commits">Null for a process that commits nothing to the journal.</param>
    public TelemetryExport(
        TelemetrySettings settings, NodeInfo node, Func<CancellationToken, Task<IReadOnlyList<FigureFamily>>> figures, CommitMeter? commits, TimeProvider wall,
        ILogger<TelemetryExport> logger)
    {
        (this.settings, this.figures, this.wall, this.logger) = (settings, figures, wall, logger);
        traces = settings.Traces ? CollectorLink.Traces(settings, node, logger) : null;
        if (settings.Metrics)
        {
            instruments = new FigureInstruments(commits);
            metrics = CollectorLink.Metrics(settings, node, logger, out reader);
        }
    }

    public void Start()
    {
        Log.Started(logger, settings.Endpoint.Authority, settings.ServiceName);
        running = reader is null ? Task.CompletedTask : Task.Run(() => SendFiguresAsync(reader, stopping.Token), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        Task end = Task.Run(EndAsync, CancellationToken.None);
        try
        {
            await end.WaitAsync(LongestEnd, wall, CancellationToken.None);
            stopping.Dispose();
        }
        catch (TimeoutException)
        {
            // the collector hangs; what it has not taken is lost
        }
    }

    private async Task SendFiguresAsync(MetricReader sending, CancellationToken cancellationToken)
    {
        using var turns = new PeriodicTimer(settings.MetricsInterval, wall);
        try
        {
            do
            {
                await ShowFiguresAsync(cancellationToken);
                sending.Collect((int)CollectorLink.Patience.TotalMilliseconds);
            }
            while (await turns.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the end of the service
        }
    }

    private async Task ShowFiguresAsync(CancellationToken cancellationToken)
    {
        try
        {
            instruments!.Show(await figures(cancellationToken));
        }
#pragma warning disable CA1031 // figures are worth less than the service: whatever broke, they come again at their next turn
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.FiguresNotRead(logger, error.Message);
        }
    }

    /// <summary>With the last spans and figures.</summary>
    private async Task EndAsync()
    {
        await running;
        traces?.Dispose();
        metrics?.Dispose();
        instruments?.Dispose();
    }
}
