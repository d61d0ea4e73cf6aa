using System.Globalization;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Service.Access;
using CellLab.Service.Hosting;
using CellLab.Service.Options;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Service.Watching;

/// <summary>All watches of a node, each at its own interval (wall time); what breaks in one does not stop the others.</summary>
internal sealed class NodeWatches : IAsyncDisposable
{
    private readonly (INodeWatch Watch, TimeSpan Interval)[] watches;
    private readonly IonWatch ions;
    private readonly IJournal journal;
    private readonly IExperimentDesk desk;
    private readonly NodeInfo node;
    private readonly TimeProvider wall;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private Task work = Task.CompletedTask;

    public NodeWatches(
        ServiceConfiguration configuration, NodeInfo node, IJournal journal, IExperimentDesk desk, ICycleSource cycles, Clocks clocks, ILogger<NodeWatches> logger)
    {
        (this.node, this.journal, this.desk, this.logger, wall) = (node, journal, desk, logger, clocks.Wall);
        WatchSettings settings = configuration.Alarms;
        ions = new IonWatch(settings, journal, desk);
        watches =
        [
            (ions, TimeSpan.FromSeconds(1)),
            (new AccessWatch(AccessFile.In(configuration.DataFolder).Notes, journal), TimeSpan.FromSeconds(1)),
            (new ClockWatch(settings, desk, wall), TimeSpan.FromSeconds(5)),
            (new JobWatch(settings, journal, cycles, new JobPlans(), desk, clocks), TimeSpan.FromSeconds(10)),
            (new DiskWatch(settings, () => new DriveInfo(configuration.DataFolder).AvailableFreeSpace, desk, wall), TimeSpan.FromMinutes(1)),
        ];
    }

    /// <param name="restarted">The service has just begun: alarms tell so.</param>
    public void Start(bool restarted) =>
        work = Task.WhenAll(watches.Select(watch => KeepAsync(watch.Watch.LookAsync, watch.Interval)).Append(restarted ? TellRestartAsync() : Task.CompletedTask));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ions.Dispose();
        ending.Dispose();
    }

    /// <summary>A service that comes back by itself leaves no other trace for people than this.</summary>
    private async Task TellRestartAsync()
    {
        int live = (await journal.ReadJobsAsync(ending.Token)).Count(job => job.StartedAtUtc is not null && !job.State.IsFinal());
        if (node.StartNumber > 1 && live > 0)
        {
            await desk.RaiseAlarmAsync(
                MomentaryAlarms.Restart, AlarmSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"The service was started again at {wall.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC (start {node.StartNumber}) while {live} jobs had not ended; look whether all go on"),
                null, null);
            await desk.ClearAlarmAsync(MomentaryAlarms.Restart);
        }
    }

    private async Task KeepAsync(Func<CancellationToken, Task> look, TimeSpan interval)
    {
        using var tick = new PeriodicTimer(interval, wall);
        do
        {
            try
            {
                await look(ending.Token);
            }
            catch (Exception error) when (error is not OperationCanceledException || !ending.IsCancellationRequested)
            {
                Log.WatchBroke(logger, error);
            }
        }
        while (await tick.WaitForNextTickAsync(ending.Token));
    }
}
