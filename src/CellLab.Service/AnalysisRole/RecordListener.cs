using System.Threading.Channels;
using CellLab.Core.Records;
using CellLab.Messaging;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;

namespace CellLab.Service.AnalysisRole;

/// <summary>Reads every node's record messages and never holds the broker up: what the arithmetic cannot take now is dropped and comes over
/// REST when the next run shows the hole.</summary>
internal sealed class RecordListener(IMessageClient client, AnalysisRoleOptions options, ILogger logger)
{
    private readonly Channel<IReadOnlyList<RecordRow>> _runs = Channel.CreateBounded<IReadOnlyList<RecordRow>>(
        new BoundedChannelOptions(options.WaitingRuns) { SingleReader = true });

    public ChannelReader<IReadOnlyList<RecordRow>> Runs => _runs.Reader;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string filter = new TopicMap(options.Site).EveryNodeRecords;
        await foreach (IncomingMessage message in client.SubscribeAsync(filter, qos: 1, cancellationToken))
        {
            try
            {
                foreach (IReadOnlyList<RecordRow> run in RecordsPayload.ReadNode(message.Payload))
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
