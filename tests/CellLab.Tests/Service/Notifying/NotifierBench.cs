using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Hosting;
using CellLab.Service.Notifying;
using CellLab.TestKit.Receivers;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CellLab.Tests.Service.Notifying;

/// <summary>A notifier with a webhook and a mailbox of its own, over alarms that the test plays. It can be started anew on the same data.</summary>
internal sealed class NotifierBench : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private readonly NotifySettings settings;
    private Notifier? notifier;

    public NotifierBench(Func<NotifySettings, NotifySettings>? change = null)
    {
        settings = new NotifySettings
        {
            WarningDelay = TimeSpan.Zero,
            Targets =
            [
                new NotifyTarget("hook", AlarmSeverity.Warning, false, new WebhookEntry(Hook.Url, null), null),
                new NotifyTarget("post", AlarmSeverity.Critical, false, null, new MailEntry("127.0.0.1", Mail.Port, MailSecurity.None, null, null, "lab@example.org", ["ada@example.org"])),
            ],
        };
        settings = change?.Invoke(settings) ?? settings;
        Desk.Alarms.Returns(_ => [.. Alarms]);
        Journal.ReadAlarmsAsync(default, default).ReturnsForAnyArgs(_ => [.. Alarms]);
        Journal.ReadJobsAsync(default).ReturnsForAnyArgs([]);
    }

    public WebhookReceiver Hook { get; } = new();

    public SmtpReceiver Mail { get; } = new();

    public List<Alarm> Alarms { get; } = [];

    public IExperimentDesk Desk { get; } = Substitute.For<IExperimentDesk>();

    public string OutboxFile => Path.Combine(folder.Path, "notify", "outbox.json");

    /// <summary>As it stands on the disk.</summary>
    public MessageOutbox Outbox => MessageOutbox.In(folder.Path, NullLogger.Instance);

    private IJournal Journal { get; } = Substitute.For<IJournal>();

    public static Alarm Alarm(string id, AlarmSeverity severity = AlarmSeverity.Critical) => new(id, severity, $"Trouble with {id}", null, "cycler1", DateTimeOffset.UnixEpoch, Active: true);

    public void Start()
    {
        var node = new NodeInfo("lab1", "node1", 1, ServiceRoles.Acquisition);
        var timings = new NotifyTimings
        {
            Tick = TimeSpan.FromMilliseconds(20), Survey = TimeSpan.FromMilliseconds(20), QuickRetry = TimeSpan.FromMilliseconds(1), FirstWait = TimeSpan.FromMilliseconds(20),
        };
        notifier = new Notifier(
            settings, timings, node, folder.Path, Journal, Desk, target => target.Webhook is { } hook ? new WebhookSender(hook, node, http) : new MailSender(target.Mail!),
            TimeProvider.System, NullLogger<Notifier>.Instance);
        notifier.Start();
    }

    public void Tell(Alarm alarm)
    {
        Alarms.RemoveAll(known => known.Id == alarm.Id);
        Alarms.Add(alarm);
        Desk.Changed += Raise.Event<Action<string, string>>("alarm", alarm.Id);
    }

    public async Task StopAsync()
    {
        if (notifier is not null)
        {
            await notifier.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Hook.DisposeAsync();
        await Mail.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }
}
