using System.Threading.Channels;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;

namespace CellLab.Messaging.Publishing;

/// <summary>One uninterrupted run of the record publisher from a cursor on. Rows are sent in windows: each commit at once to the node's
/// topic, each job's rows together to its own. At the end of a window (<see cref="PublisherOptions.JobInterval"/>, or many rows) everything
/// up to its last row has been handed over; when all of that is acknowledged the cursor moves there.</summary>
internal sealed class PublishRun(
    RowSource source, Outbox outbox, ConnectionWatch connection, RecentRows recent, TopicMap topics, PublisherOptions options, TimeProvider wall,
    Func<long, CancellationToken, Task> moveCursor)
{
    private readonly JobBatches _jobs = new(options.JobRows);
    private readonly Channel<Window> _closed = Channel.CreateBounded<Window>(options.OpenWindows);
    private readonly string _nodeTopic = topics.NodeRecords(options.Node);
    private long _lossesSeen = connection.MemoryLosses;
    private long _position;
    private Window? _window;

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

            IReadOnlyList<PositionedRow> rows = await source.NextAsync(_position, _window?.TimeLeft(wall) ?? Timeout.InfiniteTimeSpan, cancellationToken);
            if (rows.Count > 0)
            {
                _position = rows[^1].Position;
                recent.Add(rows, forget: connection.MemoryLosses == _lossesSeen && connection.IsUp);
                await SendRowsAsync(rows, cancellationToken);
            }

            if (_window is { } window && (window.TimeLeft(wall) <= TimeSpan.Zero || window.Rows >= options.WindowRows))
            {
                await CloseWindowAsync(window, cancellationToken);
            }
        }
    }

    /// <summary>The broker has lost what it had not passed on, and its subscribers. They get a moment to come back, then once more what went
    /// out shortly before; repeats carry the same sequence numbers.</summary>
    private async Task RepeatRecentAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.SubscriberGrace, wall, cancellationToken);
        _lossesSeen = connection.MemoryLosses;
        _jobs.Clear(); // what waits there is among the recent rows
        foreach (PositionedRow[] rows in recent.Snapshot().Chunk(options.NodeRows))
        {
            await SendRowsAsync(rows, cancellationToken);
        }
    }

    private async Task SendRowsAsync(IReadOnlyList<PositionedRow> rows, CancellationToken cancellationToken)
    {
        _window ??= new Window(wall.GetTimestamp(), options.JobInterval);
        _window.Rows += rows.Count;
        foreach (PositionedRow[] part in rows.Chunk(options.NodeRows))
        {
            var payload = new PooledBuffer(64 * 1024);
            RecordsPayload.WriteNode(payload, options.Node, RecordRuns.Split([.. part.Select(row => row.Row)]));
            _window.Add(await outbox.HandOverAsync(_nodeTopic, payload, cancellationToken));
        }

        foreach (PositionedRow row in rows)
        {
            if (_jobs.Add(row.Row) is { } full)
            {
                await SendJobAsync(full, _window, cancellationToken);
            }
        }
    }

    private async Task CloseWindowAsync(Window window, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<RecordRow> batch in _jobs.TakeAll())
        {
            await SendJobAsync(batch, window, cancellationToken);
        }

        window.LastPosition = _position;
        _window = null;
        await _closed.Writer.WriteAsync(window, cancellationToken);
    }

    private async Task SendJobAsync(IReadOnlyList<RecordRow> rows, Window window, CancellationToken cancellationToken)
    {
        var payload = new PooledBuffer(16 * 1024);
        RecordsPayload.WriteJob(payload, rows);
        window.Add(await outbox.HandOverAsync(topics.JobRecords(rows[0].Job), payload, cancellationToken));
    }

    private async Task MoveCursorAsync(CancellationToken cancellationToken)
    {
        await foreach (Window window in _closed.Reader.ReadAllAsync(cancellationToken))
        {
            await window.AcknowledgedAsync();
            await moveCursor(window.LastPosition, cancellationToken);
        }
    }

    private sealed class Window(long opened, TimeSpan length)
    {
        private readonly List<Task> _acknowledgements = [];

        public int Rows { get; set; }

        public long LastPosition { get; set; }

        public TimeSpan TimeLeft(TimeProvider wall)
        {
            TimeSpan left = length - wall.GetElapsedTime(opened);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        public void Add(Task acknowledgement) => _acknowledgements.Add(acknowledgement);

        public Task AcknowledgedAsync() => Task.WhenAll(_acknowledgements);
    }
}
