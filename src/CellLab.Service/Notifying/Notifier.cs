using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Hosting;
using CellLab.Service.Publishing;

namespace CellLab.Service.Notifying;

/// <summary>Tells the configured targets of alarms. What is to be told is durable before the first attempt; after a restart the alarms that are present, or were settled
/// meanwhile, are gone through once.</summary>
internal sealed class Notifier : IAsyncDisposable
{
    private readonly NotifySettings settings;
    private readonly NotifyTimings timings;
    private readonly IJournal journal;
    private readonly IExperimentDesk desk;
    private readonly TimeProvider wall;
    private readonly ILogger logger;
    private readonly AlarmMessages messages;
    private readonly MessageOutbox outbox;
    private readonly Digest digest;
    private readonly TargetLine[] lines;
    private readonly CancellationTokenSource ending = new();
    private Task work = Task.CompletedTask;
    private DateOnly digested;

    public Notifier(
        NotifySettings settings, NotifyTimings timings, NodeInfo node, string dataFolder, IJournal journal, IExperimentDesk desk, Func<NotifyTarget, IMessageSender> sender,
        TimeProvider wall, ILogger<Notifier> logger)
    {
        (this.settings, this.timings, this.journal, this.desk, this.wall, this.logger) = (settings, timings, journal, desk, wall, logger);
        messages = new AlarmMessages(settings, node);
        outbox = MessageOutbox.In(dataFolder, logger);
        digest = new Digest(settings, node, dataFolder, journal, desk);
        lines = [.. settings.Targets.Select(target => new TargetLine(target, sender(target), settings, timings, outbox, desk, wall, logger))];
    }

    public void Start()
    {
        if (lines.Length > 0)
        {
            outbox.RetryNow(wall.GetUtcNow());
            desk.Changed += Note;
            work = Task.WhenAll(lines.Select(line => KeepAsync(line.WorkAsync, timings.Tick)).Append(KeepAsync(SurveyAsync, timings.Survey)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        desk.Changed -= Note;
        await ending.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    /// <summary>On the thread of who changed the alarm: the message is durable before anybody else acts on it.</summary>
    private void Note(string kind, string id)
    {
        if (kind == "alarm" && desk.Alarms.FirstOrDefault(alarm => alarm.Id == id) is { } alarm)
        {
            Add(alarm);
        }
    }

    private void Add(Alarm alarm)
    {
        DateTimeOffset now = wall.GetUtcNow();
        outbox.Add(messages.For(alarm, now), now);
    }

    /// <summary>What a crash or a time without us has kept out, and the digest when it is due.</summary>
    private async Task SurveyAsync(CancellationToken cancellationToken)
    {
        outbox.SaveAgain();
        DateTimeOffset? since = outbox.WrittenUtc;
        foreach (Alarm alarm in await KnownAlarms.ReadAsync(journal, desk, includeOver: since is not null, cancellationToken))
        {
            if (!alarm.IsOver || alarm.AcknowledgedAtUtc > since)
            {
                Add(alarm);
            }
        }

        DateTimeOffset now = wall.GetUtcNow();
        if (settings.DigestAt is { } at && Digest.Day(now, at) is { } day && day != digested)
        {
            digested = day;
            outbox.Add(await digest.ForAsync(day, now, cancellationToken), now);
        }
    }

    private async Task KeepAsync(Func<CancellationToken, Task> turn, TimeSpan interval)
    {
        using var tick = new PeriodicTimer(interval, wall);
        do
        {
            try
            {
                await turn(ending.Token);
            }
            catch (Exception error) when (error is not OperationCanceledException || !ending.IsCancellationRequested)
            {
                Log.Broke(logger, error, interval.TotalSeconds);
            }
        }
        while (await tick.WaitForNextTickAsync(ending.Token));
    }
}
