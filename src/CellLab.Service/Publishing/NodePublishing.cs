using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Messaging;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.Service.Hosting;

namespace CellLab.Service.Publishing;

/// <summary>Everything that this node says over MQTT: all rows and events behind their durable cursors, the newest rows, retained states.</summary>
internal sealed class NodePublishing : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly TimeProvider wall;
    private readonly ILogger logger;
    private readonly ConnectionWatch connection;
    private readonly ChangeHub hub;
    private readonly RecordPublisher records;
    private readonly CompanionPublisher companions;
    private readonly EventPublisher events;
    private readonly LivePublisher live;
    private readonly RetainedPublisher retained;
    private readonly StateFeed states;
    private Task running = Task.CompletedTask;

    public NodePublishing(
        NodeInfo node, string dataFolder, IJournal journal, IExperimentDesk desk, IMessageClient client, Clocks clocks, ILoggerFactory loggers)
    {
        (wall, logger) = (clocks.Wall, loggers.CreateLogger<NodePublishing>());
        var topics = new TopicMap(node.Site);
        var options = new PublisherOptions { Node = node.Node };
        connection = new ConnectionWatch(client);
        hub = new ChangeHub(journal, desk);
        records = new RecordPublisher(journal, client, connection, topics, options, clocks.Wall, loggers.CreateLogger<RecordPublisher>());
        companions = new CompanionPublisher(journal, client, connection, topics, options, clocks.Wall, loggers.CreateLogger<CompanionPublisher>());
        events = new EventPublisher(journal, client, connection, topics, options, clocks.Wall, loggers.CreateLogger<EventPublisher>());
        live = new LivePublisher(journal, client, topics, options, clocks.Wall);
        retained = new RetainedPublisher(client, connection, options, clocks.Wall, loggers.CreateLogger<RetainedPublisher>());
        states = new StateFeed(
            hub, journal, desk, retained, PublishedStates.In(dataFolder, loggers.CreateLogger<PublishedStates>()), topics, clocks.Wall, loggers.CreateLogger<StateFeed>());
    }

    public void Start() => running = Task.WhenAll(
        Run(records.RunAsync), Run(companions.RunAsync), Run(events.RunAsync), Run(live.RunAsync), Run(retained.RunAsync), Run(states.RunAsync));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        hub.Dispose();
        connection.Dispose();
        stopping.Dispose();
    }

    /// <summary>A part that breaks begins again: the others, and above all the recording, do not feel it.</summary>
    private Task Run(Func<CancellationToken, Task> part) => Task.Run(
        async () =>
        {
            while (!stopping.IsCancellationRequested)
            {
                try
                {
                    await part(stopping.Token);
                }
                catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                {
                    return;
                }
#pragma warning disable CA1031 // whatever broke, publishing goes on
                catch (Exception error)
#pragma warning restore CA1031
                {
                    Log.PublishingFailed(logger, error, RetryDelay.TotalSeconds);
                    await Task.Delay(RetryDelay, wall, stopping.Token);
                }
            }
        },
        CancellationToken.None);
}
