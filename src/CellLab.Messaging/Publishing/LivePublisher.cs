using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;

namespace CellLab.Messaging.Publishing;

/// <summary>The newest committed row of each job, at most every <see cref="PublisherOptions.LiveInterval"/>; best effort, nothing is kept.</summary>
public sealed class LivePublisher(IJournal journal, IMessageClient client, TopicMap topics, PublisherOptions options, TimeProvider wall)
{
    private readonly Lock _gate = new();
    private Dictionary<JobId, RecordRow> _newest = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.LiveInterval, wall);
        journal.RowsCommitted += OnCommitted;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await SendAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the service.
        }
        finally
        {
            journal.RowsCommitted -= OnCommitted;
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        Dictionary<JobId, RecordRow> rows;
        lock (_gate)
        {
            rows = _newest;
            _newest = [];
        }

        try
        {
            foreach (RecordRow row in rows.Values)
            {
                await client.PublishAsync(topics.JobLive(row.Job), PayloadJson.Write(LivePayload.Of(row)), qos: 0, retain: false, cancellationToken);
            }
        }
        catch (MessageException)
        {
            // No connection: the next tick has newer rows.
        }
    }

    private void OnCommitted(CommittedRows committed)
    {
        lock (_gate)
        {
            foreach (RecordRow row in committed.Rows)
            {
                _newest[row.Job] = row;
            }
        }
    }
}
