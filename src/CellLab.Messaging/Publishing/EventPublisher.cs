using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;
using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Publishing;

/// <summary>Publishes the events of jobs at least once and in order, behind the durable cursor <see cref="CursorName"/>. Events of devices
/// without a job have no topic; their news is in the retained device and alarm states.</summary>
public sealed class EventPublisher(
    IJournal journal, IMessageClient client, ConnectionWatch connection, TopicMap topics, PublisherOptions options, TimeProvider wall,
    ILogger<EventPublisher> logger)
{
    public const string CursorName = "events";
    private const int PageEvents = 500;

    private readonly Signal _wake = new();
    private readonly Queue<(long Stamp, long Before)> _recent = new();
    private long _lossesSeen = connection.MemoryLosses;
    private long _cursor;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        journal.EventsCommitted += OnCommitted;
        connection.Connected += _wake.Set;
        try
        {
            await RunAgainAndAgainAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the service.
        }
        finally
        {
            journal.EventsCommitted -= OnCommitted;
            connection.Connected -= _wake.Set;
        }
    }

    private async Task RunAgainAndAgainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _cursor = await journal.ReadCursorAsync(CursorName, cancellationToken);
                await PublishAsync(cancellationToken);
            }
            catch (Exception error) when (error is MessageException or StorageException)
            {
                Log.EventsFailed(logger, options.RetryDelay.TotalSeconds, error.Message);
                await Task.Delay(options.RetryDelay, wall, cancellationToken);
            }
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var outbox = new Outbox(client, connection, wall);
        long after = _cursor;
        while (true)
        {
            after = await GoBackAfterLossAsync(after, cancellationToken);
            IReadOnlyList<JobEvent> events = await journal.ReadEventsAsync(null, after, PageEvents, cancellationToken);
            if (events.Count == 0)
            {
                await _wake.WaitAsync(cancellationToken);
                continue;
            }

            Remember(after);
            await SendAsync(outbox, events, cancellationToken);
            after = events[^1].Number;
            if (after > _cursor)
            {
                await journal.WriteCursorAsync(CursorName, after, cancellationToken);
                _cursor = after;
            }
        }
    }

    private async Task SendAsync(Outbox outbox, IReadOnlyList<JobEvent> events, CancellationToken cancellationToken)
    {
        var acknowledgements = new List<Task>();
        foreach (JobEvent happened in events)
        {
            if (happened.Job is { } job)
            {
                var payload = new PooledBuffer();
                PayloadJson.Write(payload, EventPayload.Of(happened));
                acknowledgements.Add(await outbox.HandOverAsync(topics.JobEvent(job), payload, cancellationToken));
            }
        }

        await Task.WhenAll(acknowledgements);
    }

    /// <summary>As for records: what went out shortly before the broker lost its memory goes out once more.</summary>
    private async Task<long> GoBackAfterLossAsync(long after, CancellationToken cancellationToken)
    {
        if (connection.MemoryLosses == _lossesSeen)
        {
            return after;
        }

        await Task.Delay(options.SubscriberGrace, wall, cancellationToken);
        _lossesSeen = connection.MemoryLosses;
        return _recent.Count > 0 ? Math.Min(after, _recent.Peek().Before) : after;
    }

    private void Remember(long before)
    {
        long now = wall.GetTimestamp();
        _recent.Enqueue((now, before));
        while (connection.IsUp && _recent.Count > 1 && wall.GetElapsedTime(_recent.Peek().Stamp, now) > options.Overlap)
        {
            _recent.Dequeue();
        }
    }

    private void OnCommitted(IReadOnlyList<JobEvent> events) => _wake.Set();
}
