using CellLab.Core.Storage;
using CellLab.Messaging.Topics;
using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Publishing;

/// <summary>Publishes every stored row at least once, in order and without a hole, behind the durable cursor <see cref="CursorName"/>.</summary>
public sealed class RecordPublisher(
    IJournal journal, IMessageClient client, ConnectionWatch connection, TopicMap topics, PublisherOptions options, TimeProvider wall,
    ILogger<RecordPublisher> logger)
{
    public const string CursorName = "publisher";

    private long _cursor;

    /// <summary>Everything up to this journal position is acknowledged on both topics.</summary>
    public long Cursor => Interlocked.Read(ref _cursor);

    /// <summary>Runs until cancelled. Whatever fails is reported and begun again from the cursor.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var source = new RowSource(journal, options, wall);
        connection.Connected += source.Wake;
        try
        {
            await RunAgainAndAgainAsync(source, cancellationToken);
        }
        finally
        {
            connection.Connected -= source.Wake;
        }
    }

    private async Task RunAgainAndAgainAsync(RowSource source, CancellationToken cancellationToken)
    {
        int unacknowledged = (options.OpenWindows + 3) * (options.WindowRows + options.NodeRows); // at most: open, closed, awaited, and one too large
        var recent = new RecentRows(options.Overlap, unacknowledged, wall);
        var outbox = new Outbox(client, connection, wall);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                _cursor = await journal.ReadCursorAsync(CursorName, cancellationToken);
                recent.Clear();
                var run = new PublishRun(source, outbox, connection, recent, topics, options, wall, MoveCursorAsync);
                await run.RunAsync(Cursor, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is MessageException or StorageException)
            {
                Log.PublishingFailed(logger, options.RetryDelay.TotalSeconds, error.Message);
                await Pause.ForAsync(options.RetryDelay, wall, cancellationToken);
            }
        }
    }

    private async Task MoveCursorAsync(long position, CancellationToken cancellationToken)
    {
        if (position <= Cursor)
        {
            return;
        }

        await journal.WriteCursorAsync(CursorName, position, cancellationToken);
        Interlocked.Exchange(ref _cursor, position);
    }
}
