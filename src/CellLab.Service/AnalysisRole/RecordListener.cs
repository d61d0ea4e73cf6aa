using System.Threading.Channels;
using CellLab.Core.Records;
using CellLab.Messaging;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;

namespace CellLab.Service.AnalysisRole;

/// <summary>Reads every node's messages of rows and never holds the broker up: what the arithmetic cannot take now is dropped and comes over
/// REST when the next run shows the hole.</summary>
internal sealed class RecordListener(IMessageClient client, AnalysisRoleOptions options, ILogger logger)
{
    private readonly Channel<IncomingRun> _runs = Channel.CreateBounded<IncomingRun>(new BoundedChannelOptions(options.WaitingRuns) { SingleReader = true });

    public ChannelReader<IncomingRun> Runs => _runs.Reader;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var topics = new TopicMap(options.Site);
        await Task.WhenAll(
            ListenAsync(topics.EveryNodeRecords, payload => RecordsPayload.ReadNode(payload).Select(run => new IncomingRun(run, [])), cancellationToken),
            ListenAsync(topics.EveryNodeCompanions, payload => CompanionsPayload.ReadNode(payload).Select(run => new IncomingRun([], run)), cancellationToken));
    }

    private async Task ListenAsync(string filter, Func<byte[], IEnumerable<IncomingRun>> read, CancellationToken cancellationToken)
    {
        await foreach (IncomingMessage message in client.SubscribeAsync(filter, qos: 1, cancellationToken))
        {
            try
            {
                foreach (IncomingRun run in read(message.Payload))
                {
                    _runs.Writer.TryWrite(run);
                }
            }
            catch (PayloadException error)
            {
                Log.MessageNotUnderstood(logger, message.Topic, error.Message);
            }
        }
    }
}

/// <summary>Rows of one job and stream; one of the two kinds.</summary>
internal sealed record IncomingRun(IReadOnlyList<RecordRow> Records, IReadOnlyList<CompanionRow> Companions);
