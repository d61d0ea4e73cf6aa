using CellLab.Core.Time;
using CellLab.Messaging;

namespace CellLab.Service.AnalysisRole;

/// <summary>Analyses while tests run. A failure here never touches the acquisition: the session is begun again from what is stored.</summary>
internal sealed class AnalysisRoleService(
    IJobSource source, IMessageClient client, AnalysisRoleOptions options, Clocks clocks, ILogger<AnalysisRoleService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for the store
        var waits = new GrowingWait(options.RetryInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await new AnalysisSession(source, client, options, clocks, logger).RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // whatever broke, the cells must not feel it
            catch (Exception error)
#pragma warning restore CA1031
            {
                options.Meter.SessionFailed();
                waits.Failed(error.Message);
                Log.SessionFailed(logger, error, waits.Wait.TotalSeconds);
            }

            await Task.Delay(waits.Wait, clocks.Wall, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
