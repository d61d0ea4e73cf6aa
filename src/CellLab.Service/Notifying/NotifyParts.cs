using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Hosting;
using CellLab.Service.Http;

namespace CellLab.Service.Notifying;

/// <summary>Notifier and heartbeat of a node with the one HTTP client that they share.</summary>
internal sealed class NotifyParts : IAsyncDisposable
{
    private readonly HttpClient http = new(new ClosedPeerHandler(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }));
    private readonly Notifier notifier;
    private readonly Heartbeat? heartbeat;

    public NotifyParts(ProcessContext context, NodeInfo node, IJournal journal, IExperimentDesk desk)
    {
        NotifySettings settings = context.Configuration.Notify;
        ILogger<Notifier> logger = context.Loggers.CreateLogger<Notifier>();
        notifier = new Notifier(
            settings, new NotifyTimings(), node, context.Configuration.DataFolder, journal, desk,
            target => target.Webhook is { } webhook ? new WebhookSender(webhook, node, http) : new MailSender(target.Mail!), context.Clocks.Wall, logger);
        heartbeat = settings.Heartbeat is { } entry ? new Heartbeat(entry, node, desk, http, context.Clocks.Wall, logger) : null;
    }

    public void Start()
    {
        notifier.Start();
        heartbeat?.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (heartbeat is not null)
        {
            await heartbeat.DisposeAsync();
        }

        await notifier.DisposeAsync();
        http.Dispose();
    }
}
