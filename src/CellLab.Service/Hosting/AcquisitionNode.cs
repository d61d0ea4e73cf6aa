using CellLab.Core.Storage;
using CellLab.Engine;
using CellLab.Engine.Desk;
using CellLab.Engine.Setup;
using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;
using CellLab.Service.Access;
using CellLab.Service.Notifying;
using CellLab.Service.Options;
using CellLab.Service.Watching;
using CellLab.Service.Publishing;
using CellLab.Service.Reloading;
using CellLab.Service.Rest.Jobs;
using CellLab.Service.Rest.Observing;
using CellLab.Service.Telemetry;
using CellLab.Storage;
using CellLab.Storage.Analysis;

namespace CellLab.Service.Hosting;

/// <summary>Journal, broker, Engine and publisher of one node. Opened in the order in which they need each other, closed in the reverse one.</summary>
internal sealed class AcquisitionNode : IAsyncDisposable
{
    private const string StartCursor = "starts";

    private readonly ProcessContext context;
    private readonly AsyncStack parts;
    private readonly Journal journal;
    private readonly IBroker broker;
    private readonly BrokerReaders readers;
    private readonly IMessageClient client;
    private readonly CommitMeter meter;
    private readonly NodePublishing publishing;
    private readonly Exchangeable<NotifyParts> notify;
    private readonly Exchangeable<NodeWatches> watches;
    private readonly ICycleSource cycles;
    private readonly TelemetryExport? telemetry;

    private AcquisitionNode(
        ProcessContext context, EngineSetup setup, AsyncStack parts, Journal journal, CommitMeter meter, long startNumber)
    {
        (this.context, this.parts, this.journal, this.meter) = (context, parts, journal, meter);
        ServiceConfiguration configuration = context.Configuration;
        Info = new NodeInfo(configuration.Site, configuration.Node, startNumber, context.Options.Roles);
        Logger = context.Loggers.CreateLogger<AcquisitionNode>();
        broker = parts.Push(Brokers.Create(
            configuration.Mqtt.Broker, BrokerLink.OptionsWithAccounts(configuration), configuration.DataFolder, context.Clocks.Wall, context.Loggers));
        Users = new AccessBook(AccessFile.In(configuration.DataFolder), context.Clocks.Wall, context.Loggers.CreateLogger<AccessBook>());
        readers = parts.Push(new BrokerReaders(broker, Users, context.Clocks.Wall));
        IMessageClient plain = parts.Push(BrokerLink.CreateClient(context, BrokerAccounts.Acquisition, Announcement()));
        client = configuration.Telemetry is { Traces: true } ? new TracedMessageClient(plain) : plain;
        Measured = new MeasuredJournal(journal, meter, context.Clocks.Wall);
        Engine = parts.Push(new ExperimentEngine(setup, Measured, context.Clocks, context.Loggers));
        publishing = parts.Push(new NodePublishing(Info, configuration.DataFolder, Measured, Engine, client, context.Clocks, context.Loggers));
        notify = parts.Push(new Exchangeable<NotifyParts>(MakeNotify(configuration)));
        cycles = new StoredCycles(new AnalysisReader(configuration.DataFolder));
        watches = parts.Push(new Exchangeable<NodeWatches>(MakeWatches(configuration)));
        telemetry = configuration.Telemetry is { } settings
            ? parts.Push(new TelemetryExport(
                settings, Info, new NodeFigures(Measured, Engine, client, meter, context.Clocks).ReadAsync, meter, context.Clocks.Wall, context.Loggers.CreateLogger<TelemetryExport>()))
            : null;
        Reload = new NodeReload(context, this, new AuditTrail(Measured, context.Clocks, context.Loggers.CreateLogger<AuditTrail>()));
    }

    public NodeInfo Info { get; }

    public ILogger Logger { get; }

    public ExperimentEngine Engine { get; }

    public NodeReload Reload { get; }

    private AccessBook Users { get; }

    private IJournal Measured { get; }

    /// <summary>Opens the journal and makes the rest; nothing is started, no instrument touched.</summary>
    public static async Task<AcquisitionNode> OpenAsync(ProcessContext context, CancellationToken cancellationToken)
    {
        EngineSetup setup = DeviceFactory.Create(context); // first: a wrong setting leaves nothing behind
        var parts = new AsyncStack();
        try
        {
            Journal journal = parts.Push(
                await Journal.OpenAsync(context.Configuration.DataFolder, context.Clocks, context.Loggers, cancellationToken));
            long startNumber = await journal.ReadCursorAsync(StartCursor, cancellationToken) + 1;
            return new AcquisitionNode(context, setup, parts, journal, new CommitMeter(), startNumber);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await broker.StartAsync(cancellationToken);
        readers.Start();
        await journal.WriteCursorAsync(StartCursor, Info.StartNumber, cancellationToken); // a start without broker has not been one
        telemetry?.Start();
        client.Start();
        publishing.Start();
        await Engine.StartAsync(cancellationToken);
        notify.Current.Start();
        watches.Current.Start(restarted: true);
    }

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(context.Configuration);
        services.AddSingleton(Reload);
        services.AddSingleton(Reload.Running);
        services.AddSingleton(context.Clocks);
        services.AddSingleton(Info);
        services.AddSingleton(meter);
        services.AddSingleton(Measured);
        services.AddSingleton(journal.Series);
        services.AddSingleton(journal.Archives);
        services.AddSingleton<IExperimentDesk>(Engine);
        services.AddSingleton<IMessageClient>(client);
        services.AddSingleton(cycles);
    }

    /// <summary>Who is told, by the new configuration. Messages that wait are in the outbox and go on from there.</summary>
    public Task ExchangeNotifyAsync(ServiceConfiguration configuration) => notify.ExchangeAsync(() => MakeNotify(configuration), parts => parts.Start());

    /// <summary>Alarm rules, by the new configuration.</summary>
    public Task ExchangeWatchesAsync(ServiceConfiguration configuration) => watches.ExchangeAsync(() => MakeWatches(configuration), made => made.Start(restarted: false));

    private NotifyParts MakeNotify(ServiceConfiguration configuration) => new(context with { Configuration = configuration }, Info, Measured, Engine);

    private NodeWatches MakeWatches(ServiceConfiguration configuration) =>
        new(configuration, Info, Measured, Engine, cycles, context.Clocks, context.Loggers.CreateLogger<NodeWatches>());

    public ValueTask DisposeAsync() => parts.DisposeAsync();

    private Announcement Announcement()
    {
        string topic = new TopicMap(Info.Site).NodeStatus(Info.Node);
        return new Announcement(
            topic,
            () => PayloadJson.Write(NodeStatusPayload.Online(Info.Node, Info.StartNumber, NodeInfo.Version, context.Clocks)),
            PayloadJson.Write(NodeStatusPayload.Offline(Info.Node)));
    }
}
