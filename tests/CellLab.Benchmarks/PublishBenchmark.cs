using System.Collections.Concurrent;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Benchmarks;

/// <summary>From the durable commit over a real broker to a subscriber of the node's topic, and how fast a backlog is worked off.</summary>
internal sealed class PublishBenchmark(string name, int channels) : IBenchmark
{
    private const int RowsPerPoll = 10;
    private const int PacedSeconds = 20;
    private const int BacklogPolls = 20;
    private static readonly TimeProvider Wall = TimeProvider.System;
    private static readonly TopicMap Topics = new("benchmark");

    private readonly ConcurrentDictionary<(JobId, long), long> _committed = new();
    private readonly ConcurrentBag<double> _latencies = [];
    private long _received;

    public string Name => name;

    public string Summary => $"durable commit to MQTT subscriber, {channels} channels x 10 Hz, one poll a second";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-publish-").FullName;
        try
        {
            await using Journal journal = await Journal.OpenAsync(folder, Clocks.RealTime, NullLoggerFactory.Instance, cancellationToken);
            await using var broker = new BrokerSupervisor(
                new BrokerOptions { Port = FreePort.Next() }, folder, Wall, NullLogger<BrokerSupervisor>.Instance);
            await broker.StartAsync(cancellationToken);
            return await MeasureAsync(journal, broker.Address, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(Journal journal, BrokerAddress address, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using MosquittoClient subscriber = Client(address, "subscriber");
        await using MosquittoClient client = Client(address, "publisher");
        using var watch = new ConnectionWatch(client);
        Task listening = ListenAsync(subscriber, ending.Token);
        JournalLoad[] cabinets = [.. Enumerable.Range(0, channels / JournalLoad.Channels).Select(n => new JournalLoad(n, Wall.GetUtcNow()))];

        await CommitAsync(journal, cabinets, BacklogPolls, period: null, cancellationToken);
        double backlog = journal.LastPosition;
        journal.RowsCommitted += Stamp; // before the publisher's own handler, so that no message overtakes its stamp
        var publisher = new RecordPublisher(
            journal, client, watch, Topics, new PublisherOptions { Node = "n" }, Wall, NullLogger<RecordPublisher>.Instance);
        long started = Wall.GetTimestamp();
        Task publishing = publisher.RunAsync(ending.Token);
        await UntilPublishedAsync(journal, publisher, cancellationToken);
        double backlogSeconds = Wall.GetElapsedTime(started).TotalSeconds;

        ProcessUse before = ProcessUse.Now();
        long rowsBefore = journal.LastPosition;
        started = Wall.GetTimestamp();
        await CommitAsync(journal, cabinets, PacedSeconds, TimeSpan.FromSeconds(1), cancellationToken);
        double seconds = Wall.GetElapsedTime(started).TotalSeconds;
        ProcessUse after = ProcessUse.Now();
        await UntilPublishedAsync(journal, publisher, cancellationToken);
        await ending.CancelAsync();
        await Task.WhenAll(listening, publishing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        double[] sorted = [.. _latencies.Order()];
        return
        [
            new("backlog_rows_per_s", backlog / backlogSeconds),
            new("paced_rows_per_s", (journal.LastPosition - rowsBefore) / seconds),
            new("commit_to_subscriber_p50_ms", Percentiles.Of(sorted, 50)),
            new("commit_to_subscriber_p99_ms", Percentiles.Of(sorted, 99)),
            new("rows_missed_by_subscriber", journal.LastPosition - Interlocked.Read(ref _received)),
            new("processor_cores", (after.Processor - before.Processor).TotalSeconds / seconds),
        ];
    }

    private static MosquittoClient Client(BrokerAddress address, string id)
    {
        var client = new MosquittoClient(
            new MessageClientOptions { Broker = address, ClientId = id, IncomingCapacity = 10_000 }, Wall, NullLogger<MosquittoClient>.Instance);
        client.Start();
        return client;
    }

    private static Task CommitAsync(Journal journal, JournalLoad[] cabinets, int polls, TimeSpan? period, CancellationToken cancellationToken) =>
        Task.WhenAll(cabinets.Select(async (cabinet, n) =>
        {
            using PeriodicTimer? timer = period is { } time ? new PeriodicTimer(time, Wall) : null;
            if (timer is not null)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)n / cabinets.Length), Wall, cancellationToken);
            }

            for (int poll = 0; poll < polls; poll++)
            {
                await journal.CommitAsync(cabinet.Poll(_ => RowsPerPoll), cancellationToken);
                if (timer is not null)
                {
                    await timer.WaitForNextTickAsync(cancellationToken);
                }
            }
        }));

    private static async Task UntilPublishedAsync(Journal journal, RecordPublisher publisher, CancellationToken cancellationToken)
    {
        while (publisher.Cursor < journal.LastPosition)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), Wall, cancellationToken);
        }
    }

    private void Stamp(CommittedRows committed)
    {
        long now = Wall.GetTimestamp();
        RecordRow row = committed.Rows[^1];
        _committed[(row.Job, row.Sequence)] = now;
    }

    private async Task ListenAsync(MosquittoClient subscriber, CancellationToken cancellationToken)
    {
        await foreach (IncomingMessage message in subscriber.SubscribeAsync(Topics.EveryNodeRecords, qos: 1, cancellationToken))
        {
            long now = Wall.GetTimestamp();
            foreach (IReadOnlyList<RecordRow> run in RecordsPayload.ReadNode(message.Payload))
            {
                Interlocked.Add(ref _received, run.Count);
                foreach (RecordRow row in run)
                {
                    if (_committed.TryRemove((row.Job, row.Sequence), out long stamp))
                    {
                        _latencies.Add(Wall.GetElapsedTime(stamp, now).TotalMilliseconds);
                    }
                }
            }
        }
    }
}
