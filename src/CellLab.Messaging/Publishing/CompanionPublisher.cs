using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;
using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Publishing;

/// <summary>Publishes every stored row of the instruments beside the cycler at least once, in order and without a hole, behind a durable cursor
/// of its own. These rows are few: they are read back from the journal page by page, and the cursor follows the acknowledgements of each.</summary>
public sealed class CompanionPublisher(
    IJournal journal, IMessageClient client, ConnectionWatch connection, TopicMap topics, PublisherOptions options, TimeProvider wall,
    ILogger<CompanionPublisher> logger)
{
    private readonly Signal _wake = new();
    private readonly Queue<(long Stamp, IReadOnlyList<CompanionRow> Rows)> _recent = new();
    private long _lossesSeen = connection.MemoryLosses;

    /// <summary>Runs until cancelled. Whatever fails is reported and begun again from the cursor.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        journal.CompanionsCommitted += OnCommitted;
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
            journal.CompanionsCommitted -= OnCommitted;
            connection.Connected -= _wake.Set;
        }
    }

    private async Task RunAgainAndAgainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await PublishAsync(await journal.ReadCursorAsync(JournalCursors.CompanionPublisher, cancellationToken), cancellationToken);
            }
            catch (Exception error) when (error is MessageException or StorageException)
            {
                Log.CompanionsFailed(logger, options.RetryDelay.TotalSeconds, error.Message);
                await Task.Delay(options.RetryDelay, wall, cancellationToken);
            }
        }
    }

    private async Task PublishAsync(long after, CancellationToken cancellationToken)
    {
        var outbox = new Outbox(client, connection, wall);
        while (true)
        {
            await RepeatAfterLossAsync(outbox, cancellationToken);
            IReadOnlyList<PositionedCompanion> rows = await NextAsync(after, cancellationToken);
            if (rows.Count == 0)
            {
                continue;
            }

            CompanionRow[] page = [.. rows.Select(row => row.Row)];
            Remember(page);
            await SendAsync(outbox, page, cancellationToken);
            after = rows[^1].Position;
            await journal.WriteCursorAsync(JournalCursors.CompanionPublisher, after, cancellationToken);
        }
    }

    /// <summary>A full page at once; less only after it has waited for more.</summary>
    private async Task<IReadOnlyList<PositionedCompanion>> NextAsync(long after, CancellationToken cancellationToken)
    {
        IReadOnlyList<PositionedCompanion> rows = await journal.ReadCompanionTailAsync(after, options.JobRows, cancellationToken);
        if (rows.Count == 0)
        {
            await _wake.WaitAsync(cancellationToken);
            return rows;
        }

        if (rows.Count == options.JobRows)
        {
            return rows;
        }

        await Task.Delay(options.JobInterval, wall, cancellationToken);
        return await journal.ReadCompanionTailAsync(after, options.JobRows, cancellationToken);
    }

    private async Task SendAsync(Outbox outbox, IReadOnlyList<CompanionRow> rows, CancellationToken cancellationToken)
    {
        List<List<CompanionRow>> runs = Runs(rows);
        var node = new PooledBuffer(64 * 1024);
        CompanionsPayload.WriteNode(node, options.Node, runs);
        List<Task> acknowledgements = [await outbox.HandOverAsync(topics.NodeCompanions(options.Node), node, cancellationToken)];
        foreach (List<CompanionRow> run in runs)
        {
            var payload = new PooledBuffer(16 * 1024);
            CompanionsPayload.WriteJob(payload, run);
            acknowledgements.Add(await outbox.HandOverAsync(topics.JobRecords(run[0].Job), payload, cancellationToken));
        }

        await Task.WhenAll(acknowledgements);
    }

    /// <summary>Runs of one job and stream, in the order of their first row.</summary>
    private static List<List<CompanionRow>> Runs(IReadOnlyList<CompanionRow> rows) =>
        [.. rows.GroupBy<CompanionRow, (JobId, string)>(row => (row.Job, row.Stream)).Select(run => run.ToList())];

    /// <summary>As for records: what went out shortly before the broker lost its memory goes out once more.</summary>
    private async Task RepeatAfterLossAsync(Outbox outbox, CancellationToken cancellationToken)
    {
        if (connection.MemoryLosses == _lossesSeen)
        {
            return;
        }

        await Task.Delay(options.SubscriberGrace, wall, cancellationToken);
        _lossesSeen = connection.MemoryLosses;
        foreach ((_, IReadOnlyList<CompanionRow> rows) in _recent.ToArray())
        {
            await SendAsync(outbox, rows, cancellationToken);
        }
    }

    private void Remember(IReadOnlyList<CompanionRow> rows)
    {
        long now = wall.GetTimestamp();
        _recent.Enqueue((now, rows));
        while (connection.IsUp && _recent.Count > 1 && wall.GetElapsedTime(_recent.Peek().Stamp, now) > options.Overlap)
        {
            _recent.Dequeue();
        }
    }

    private void OnCommitted(IReadOnlyList<CompanionRow> rows) => _wake.Set();
}
