using System.Threading.Channels;
using CellLab.Core.Storage;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;

namespace CellLab.Messaging.Publishing;

/// <summary>One uninterrupted run of the record publisher from a cursor on. Each commit goes at once to the node's topic; each job's rows wait
/// for at most <see cref="PublisherOptions.JobInterval"/> and then go to its own, a few jobs at a time so that they never hold up the next
/// commit. Behind that, the cursor follows in windows of rows.</summary>
internal sealed class PublishRun(
    RowSource source, Outbox outbox, ConnectionWatch connection, RecentRows recent, TopicMap topics, PublisherOptions options, TimeProvider wall,
    Func<long, CancellationToken, Task> moveCursor)
{
    private const int JobsAtOnce = 16;

    /// <summary>Shorter than the jobs' interval, so that the cursor follows it closely.</summary>
    private readonly TimeSpan _windowLength = options.JobInterval / 4;
    private readonly JobBatches _jobs = new(options.JobRows, options.JobInterval, wall);
    private readonly Channel<PublishWindow> _closed = Channel.CreateBounded<PublishWindow>(options.OpenWindows);
    private readonly string _nodeTopic = topics.NodeRecords(options.Node);
    private long _lossesSeen = connection.MemoryLosses;
    private long _position;
    private PublishWindow? _window;

    /// <summary>Ends by cancellation, or with the exception of the first message that was not delivered.</summary>
    public async Task RunAsync(long cursor, CancellationToken cancellationToken)
    {
        _position = cursor;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task sending = SendAsync(stop.Token);
        Task moving = MoveCursorAsync(stop.Token);
        Task first = await Task.WhenAny(sending, moving);
        await stop.CancelAsync();
        await Task.WhenAll(sending, moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (connection.MemoryLosses != _lossesSeen)
            {
                await RepeatRecentAsync(cancellationToken);
            }

            IReadOnlyList<PositionedRow> rows = await source.NextAsync(_position, TimeToAct(), cancellationToken);
            if (rows.Count > 0)
            {
                _position = rows[^1].Position;
                recent.Add(rows, forget: connection.MemoryLosses == _lossesSeen && connection.IsUp);
                await SendRowsAsync(rows, cancellationToken);
            }

            await SendDueJobsAsync(cancellationToken);
            await CloseWindowWhenDueAsync(cancellationToken);
        }
    }

    private TimeSpan TimeToAct()
    {
        TimeSpan window = _window?.TimeLeft(wall) ?? TimeSpan.MaxValue;
        TimeSpan jobs = _jobs.TimeLeft ?? TimeSpan.MaxValue;
        TimeSpan sooner = window < jobs ? window : jobs;
        return sooner == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : sooner;
    }

    /// <summary>The broker has lost what it had not passed on, and its subscribers. They get a moment to come back, then once more what went
    /// out shortly before; repeats carry the same sequence numbers. Batches that waited are among the recent rows.</summary>
    private async Task RepeatRecentAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.SubscriberGrace, wall, cancellationToken);
        _lossesSeen = connection.MemoryLosses;
        var givenUp = new List<JobBatch>();
        while (_jobs.TakeOldest() is { } batch)
        {
            givenUp.Add(batch);
        }

        foreach (PositionedRow[] rows in recent.Snapshot().Chunk(options.NodeRows))
        {
            await SendRowsAsync(rows, cancellationToken);
        }

        await SendAllJobsAsync(cancellationToken);
        Task repeated = _window?.SentSoFar() ?? Task.CompletedTask;
        givenUp.ForEach(batch => batch.Release(repeated));
    }

    private async Task SendRowsAsync(IReadOnlyList<PositionedRow> rows, CancellationToken cancellationToken)
    {
        _window ??= new PublishWindow(wall.GetTimestamp(), _windowLength);
        _window.Rows += rows.Count;
        foreach (PositionedRow[] part in rows.Chunk(options.NodeRows))
        {
            var payload = new PooledBuffer(64 * 1024);
            RecordsPayload.WriteNode(payload, options.Node, RecordRuns.Split([.. part.Select(row => row.Row)]));
            _window.Add(await outbox.HandOverAsync(_nodeTopic, payload, cancellationToken));
        }

        foreach (PositionedRow row in rows)
        {
            if (_jobs.Add(row.Row, _window) is { } full)
            {
                await SendJobAsync(full, cancellationToken);
            }
        }
    }

    private async Task SendDueJobsAsync(CancellationToken cancellationToken)
    {
        for (int sent = 0; sent < JobsAtOnce && _jobs.TakeDue() is { } due; sent++)
        {
            await SendJobAsync(due, cancellationToken);
        }
    }

    private async Task SendAllJobsAsync(CancellationToken cancellationToken)
    {
        while (_jobs.TakeOldest() is { } batch)
        {
            await SendJobAsync(batch, cancellationToken);
        }
    }

    private async Task SendJobAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        var payload = new PooledBuffer(16 * 1024);
        RecordsPayload.WriteJob(payload, batch.Rows);
        batch.Release(await outbox.HandOverAsync(topics.JobRecords(batch.Rows[0].Job), payload, cancellationToken));
    }

    /// <summary>A window that is full by rows takes the waiting jobs with it: the publisher is then behind, and no later window may wait for
    /// this loop while it waits for room.</summary>
    private async Task CloseWindowWhenDueAsync(CancellationToken cancellationToken)
    {
        if (_window is not { } window)
        {
            return;
        }

        if (window.Rows >= options.WindowRows)
        {
            await SendAllJobsAsync(cancellationToken);
        }
        else if (window.TimeLeft(wall) > TimeSpan.Zero)
        {
            return;
        }

        _window = null;
        window.Close(_position);
        if (!_closed.Writer.TryWrite(window))
        {
            await SendAllJobsAsync(cancellationToken);
            await _closed.Writer.WriteAsync(window, cancellationToken);
        }
    }

    private async Task MoveCursorAsync(CancellationToken cancellationToken)
    {
        await foreach (PublishWindow window in _closed.Reader.ReadAllAsync(cancellationToken))
        {
            await window.AcknowledgedAsync(cancellationToken);
            await moveCursor(window.LastPosition, cancellationToken);
        }
    }
}
