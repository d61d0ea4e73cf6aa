using CellLab.Core.Events;
using CellLab.Engine.Desk;
using Polly;
using Polly.Retry;

namespace CellLab.Service.Notifying;

/// <summary>The way to one target: one message after the other, retried, not too many in an hour. A target that stays away becomes an alarm, which the others tell.</summary>
internal sealed class TargetLine(
    NotifyTarget target, IMessageSender sender, NotifySettings settings, NotifyTimings timings, MessageOutbox outbox, IExperimentDesk desk, TimeProvider wall, ILogger logger)
{
    private const int FailuresToTell = 3;

    private readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = wall }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<NotifyException>(),
            MaxRetryAttempts = 2,
            Delay = timings.QuickRetry,
            BackoffType = DelayBackoffType.Exponential,
        })
        .AddTimeout(timings.Limit)
        .Build();

    /// <summary>Sends what is due; what fails waits longer each time.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = wall.GetUtcNow();
        List<OutgoingMessage> due = [.. outbox.DueFor(target.Name, now).Where(message => !Postpone(message, now))];
        while (due.Count > 0)
        {
            int free = settings.MessagesPerHour - outbox.SentSince(target.Name, wall.GetUtcNow() - TimeSpan.FromHours(1));
            if (free <= 0)
            {
                return; // the hour has its messages: what is due waits for the next one
            }

            OutgoingMessage[] together = free == 1 ? [.. due] : [due[0]];
            if (!await TrySendAsync(together, cancellationToken))
            {
                return;
            }

            due.RemoveRange(0, together.Length);
        }
    }

    /// <summary>Whether nothing is to be sent of it now.</summary>
    private bool Postpone(OutgoingMessage message, DateTimeOffset now)
    {
        Alarm? alarm = desk.Alarms.FirstOrDefault(present => present.Id == message.Alarm);
        if (AlarmMessages.Postponed(message, alarm, now) is not { } until)
        {
            return false;
        }

        if (until == DateTimeOffset.MaxValue)
        {
            outbox.Done([message], sent: false, now);
        }
        else
        {
            outbox.Postpone(message, until, message.Attempts, now);
        }

        return true;
    }

    private async Task<bool> TrySendAsync(OutgoingMessage[] messages, CancellationToken cancellationToken)
    {
        OutgoingMessage one = messages.Length == 1 ? messages[0] : Summary(messages);
        try
        {
            await pipeline.ExecuteAsync(async token => await sender.SendAsync(one, token), cancellationToken);
            outbox.Done(messages, sent: true, wall.GetUtcNow());
            Log.Sent(logger, target.Name, one.Key);
            await desk.ClearAlarmAsync(AlarmMessages.FailureOf(target.Name));
            return true;
        }
        catch (Exception failure) when (failure is NotifyException or Polly.Timeout.TimeoutRejectedException)
        {
            int attempts = messages[0].Attempts + 1;
            DateTimeOffset now = wall.GetUtcNow();
            TimeSpan wait = timings.WaitAfter(attempts);
            foreach (OutgoingMessage message in messages)
            {
                outbox.Postpone(message, now + wait, attempts, now);
            }

            Log.NotSent(logger, target.Name, one.Key, attempts, wait.TotalSeconds, failure.Message);
            if (attempts >= FailuresToTell)
            {
                await desk.RaiseAlarmAsync(AlarmMessages.FailureOf(target.Name), AlarmSeverity.Warning, $"Messages to '{target.Name}' do not arrive: {failure.Message}", null, null);
            }

            return false;
        }
    }

    private static OutgoingMessage Summary(OutgoingMessage[] messages) => messages[0] with
    {
        Subject = $"{messages.Length} messages in one: {messages[0].Subject}",
        Text = string.Join("\n\n----\n\n", messages.Select(message => message.Text)),
    };
}
