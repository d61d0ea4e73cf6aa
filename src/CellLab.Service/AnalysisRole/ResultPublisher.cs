using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Time;
using CellLab.Messaging;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>Publishes what is stored: every closed cycle and result until the broker acknowledges it, in order, and the newest state of each job's latest
/// cycle, retained. A broker that came back without its memory gets the latest cycles, and those of the last seconds, again.</summary>
internal sealed class ResultPublisher : IDisposable
{
    private readonly IMessageClient _client;
    private readonly ConnectionWatch _connection;
    private readonly TopicMap _topics;
    private readonly AnalysisRoleOptions _options;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly ResultQueue _queue;
    private readonly ConcurrentQueue<OutgoingResult> _closed = new();
    private readonly ConcurrentQueue<UnpublishedItem> _acknowledged = new();
    private readonly ConcurrentDictionary<JobId, byte[]> _latest = new();
    private readonly ConcurrentDictionary<JobId, bool> _toAnnounce = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private long _lossesSeen;
    private bool _told;

    public ResultPublisher(IMessageClient client, AnalysisRoleOptions options, Clocks clocks, ILogger logger)
    {
        _client = client;
        _topics = new TopicMap(options.Site);
        _options = options;
        _clocks = clocks;
        _logger = logger;
        _queue = new ResultQueue(options.Overlap, clocks.Wall);
        _connection = new ConnectionWatch(client);
        _connection.Connected += AnnounceAll;
        _lossesSeen = _connection.MemoryLosses;
    }

    /// <summary>What has been stored of a job, to be published from it.</summary>
    public void Send(JobFacts facts, AnalysisWrite stored)
    {
        foreach (StoredCycle cycle in stored.Cycles.Where(cycle => cycle.Closed))
        {
            Send(facts, new UnpublishedCycle(stored.Job, stored.Stream, cycle.Cycle, cycle.ResultJson));
        }

        if (stored.Cycles.Count > 0)
        {
            Announce(facts, stored.Cycles[^1].ResultJson);
        }

        foreach (StoredResult result in stored.Results)
        {
            Send(facts, new UnpublishedResult(stored.Job, result.Kind, result.Item, result.ResultJson));
        }
    }

    /// <summary>The newest state of the job's latest cycle.</summary>
    public void Announce(JobFacts facts, string resultJson)
    {
        _latest[facts.Job] = ToPayload(facts, resultJson);
        _toAnnounce[facts.Job] = true;
        _signal.Writer.TryWrite(true);
    }

    public void Send(JobFacts facts, UnpublishedItem item)
    {
        _closed.Enqueue(item switch
        {
            UnpublishedResult result => new OutgoingResult(item, _topics.JobAnalysis(item.Job, result.Kind), ToPayload(result)),
            _ => new OutgoingResult(item, _topics.JobCycle(item.Job), ToPayload(facts, item.ResultJson)),
        });
        _signal.Writer.TryWrite(true);
    }

    /// <summary>What was acknowledged since the last call.</summary>
    public IReadOnlyList<UnpublishedItem> TakeAcknowledged()
    {
        var items = new List<UnpublishedItem>();
        while (_acknowledged.TryDequeue(out UnpublishedItem? item))
        {
            items.Add(item);
        }

        return items;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (bool _ in _signal.Reader.ReadAllAsync(cancellationToken))
        {
            List<UnpublishedItem> taken = await SendClosedAsync(cancellationToken);
            await SendLatestAsync(cancellationToken);
            taken.ForEach(_acknowledged.Enqueue); // only now: after a crash in between, both are sent again
        }
    }

    public void Dispose() => _connection.Dispose();

    private static byte[] ToPayload(JobFacts facts, string resultJson) =>
        PayloadJson.Write(CyclePayloads.Of(facts.Job, CyclingJson.ReadCycle(resultJson).ToView(facts.Figures)));

    private static byte[] ToPayload(UnpublishedResult result) =>
        PayloadJson.Write(new AnalysisPayload(result.Job.Value, result.Kind, result.Item, JsonElement.Parse(result.ResultJson)));

    private async Task<List<UnpublishedItem>> SendClosedAsync(CancellationToken cancellationToken)
    {
        var taken = new List<UnpublishedItem>();
        while (true)
        {
            await AfterLossAsync(cancellationToken);
            while (_closed.TryDequeue(out OutgoingResult? closed))
            {
                _queue.Add(closed);
            }

            if (_queue.Next is not { } next)
            {
                return taken;
            }

            if (await TryPublishAsync(next.Topic, next.Payload, retain: false, cancellationToken))
            {
                _queue.Sent();
                taken.Add(next.Item);
            }
        }
    }

    private async Task SendLatestAsync(CancellationToken cancellationToken)
    {
        foreach (JobId job in _toAnnounce.Keys)
        {
            do
            {
                _toAnnounce.TryRemove(job, out bool _);
            }
            while (!await TryPublishAsync(_topics.JobLatestCycle(job), _latest[job], retain: true, cancellationToken));
        }
    }

    /// <summary>A broker without its memory has no subscribers either: they get a moment to come back.</summary>
    private async Task AfterLossAsync(CancellationToken cancellationToken)
    {
        if (_connection.MemoryLosses != _lossesSeen)
        {
            _lossesSeen = _connection.MemoryLosses;
            await Task.Delay(_options.SubscriberGrace, _clocks.Wall, cancellationToken);
            _queue.RepeatRecent();
        }
    }

    private async Task<bool> TryPublishAsync(string topic, byte[] payload, bool retain, CancellationToken cancellationToken)
    {
        try
        {
            await _client.PublishAsync(topic, payload, qos: 1, retain, cancellationToken);
            _told = false;
            return true;
        }
        catch (MessageException error)
        {
            if (!_told)
            {
                Log.CycleWaitsForBroker(_logger, topic, error.Message);
                _told = true;
            }

            await Task.Delay(_options.RetryInterval, _clocks.Wall, cancellationToken);
            return false;
        }
    }

    private void AnnounceAll()
    {
        foreach (JobId job in _latest.Keys)
        {
            _toAnnounce[job] = true;
        }

        _signal.Writer.TryWrite(true);
    }
}
