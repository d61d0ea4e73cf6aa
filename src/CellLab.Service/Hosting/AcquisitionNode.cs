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
using CellLab.Service.Rest.Jobs;
using CellLab.Service.Rest.Observing;
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
    private readonly NotifyParts notify;
    private readonly NodeWatches watches;
    private readonly ICycleSource cycles;

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
        client = parts.Push(BrokerLink.CreateClient(context, BrokerAccounts.Acquisition, Announcement()));
        Measured = new MeasuredJournal(journal, meter, context.Clocks.Wall);
        Engine = parts.Push(new ExperimentEngine(setup, Measured, context.Clocks, context.Loggers));
        publishing = parts.Push(new NodePublishing(Info, Measured, Engine, client, context.Clocks, context.Loggers));
        notify = parts.Push(new NotifyParts(context, Info, Measured, Engine));
        cycles = new StoredCycles(new AnalysisReader(configuration.DataFolder));
        watches = parts.Push(new NodeWatches(configuration, Info, Measured, Engine, cycles, context.Clocks, context.Loggers.CreateLogger<NodeWatches>()));
    }

    public NodeInfo Info { get; }

    public ILogger Logger { get; }

    public ExperimentEngine Engine { get; }

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
        client.Start();
        publishing.Start();
        await Engine.StartAsync(cancellationToken);
        notify.Start();
        watches.Start();
    }

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(context.Configuration);
        services.AddSingleton(context.Clocks);
        services.AddSingleton(Info);
        services.AddSingleton(meter);
        services.AddSingleton(Measured);
        services.AddSingleton(journal.Series);
        services.AddSingleton<IExperimentDesk>(Engine);
        services.AddSingleton<IMessageClient>(client);
        services.AddSingleton(cycles);
    }

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
