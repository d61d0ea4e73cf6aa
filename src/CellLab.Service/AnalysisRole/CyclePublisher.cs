using System.Collections.Concurrent;
using System.Threading.Channels;
using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Time;
using CellLab.Messaging;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;
using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>Publishes stored results: every closed cycle until the broker acknowledges it, in order, and the newest state of each job's latest
/// cycle, retained. A broker that was away gets the latest cycles again.</summary>
internal sealed class CyclePublisher : IDisposable
{
    private readonly IMessageClient _client;
    private readonly TopicMap _topics;
    private readonly AnalysisRoleOptions _options;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<(UnpublishedCycle Cycle, byte[] Payload)> _closed = new();
    private readonly ConcurrentQueue<UnpublishedCycle> _acknowledged = new();
    private readonly ConcurrentDictionary<JobId, byte[]> _latest = new();
    private readonly ConcurrentDictionary<JobId, bool> _toAnnounce = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public CyclePublisher(IMessageClient client, AnalysisRoleOptions options, Clocks clocks, ILogger logger)
    {
        _client = client;
        _topics = new TopicMap(options.Site);
        _options = options;
        _clocks = clocks;
        _logger = logger;
        _client.ConnectionChanged += OnConnectionChanged;
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
            _latest[stored.Job] = ToPayload(facts, stored.Cycles[^1].ResultJson);
            _toAnnounce[stored.Job] = true;
            _signal.Writer.TryWrite(true);
        }
    }

    public void Send(JobFacts facts, UnpublishedCycle cycle)
    {
        _closed.Enqueue((cycle, ToPayload(facts, cycle.ResultJson)));
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Cycles acknowledged since the last call.</summary>
    public IReadOnlyList<UnpublishedCycle> TakeAcknowledged()
    {
        var cycles = new List<UnpublishedCycle>();
        while (_acknowledged.TryDequeue(out UnpublishedCycle? cycle))
        {
            cycles.Add(cycle);
        }

        return cycles;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (bool _ in _signal.Reader.ReadAllAsync(cancellationToken))
        {
            while (_closed.TryPeek(out (UnpublishedCycle Cycle, byte[] Payload) next))
            {
                await PublishAsync(_topics.JobCycle(next.Cycle.Job), () => next.Payload, retain: false, cancellationToken);
                _closed.TryDequeue(out next);
                _acknowledged.Enqueue(next.Cycle);
            }

            foreach (JobId job in _toAnnounce.Keys)
            {
                _toAnnounce.TryRemove(job, out bool _);
                await PublishAsync(_topics.JobLatestCycle(job), () => _latest[job], retain: true, cancellationToken);
            }
        }
    }

    public void Dispose() => _client.ConnectionChanged -= OnConnectionChanged;

    private static byte[] ToPayload(JobFacts facts, string resultJson) =>
        PayloadJson.Write(CyclePayloads.Of(facts.Job, CyclingJson.ReadCycle(resultJson).ToView(facts.Figures)));

    private async Task PublishAsync(string topic, Func<byte[]> payload, bool retain, CancellationToken cancellationToken)
    {
        bool told = false;
        while (true)
        {
            try
            {
                await _client.PublishAsync(topic, payload(), qos: 1, retain, cancellationToken);
                return;
            }
            catch (MessageException error)
            {
                if (!told)
                {
                    Log.CycleWaitsForBroker(_logger, topic, error.Message);
                    told = true;
                }

                await Task.Delay(_options.RetryInterval, _clocks.Wall, cancellationToken);
            }
        }
    }

    private void OnConnectionChanged(bool connected)
    {
        if (connected)
        {
            foreach (JobId job in _latest.Keys)
            {
                _toAnnounce[job] = true;
            }

            _signal.Writer.TryWrite(true);
        }
    }
}
