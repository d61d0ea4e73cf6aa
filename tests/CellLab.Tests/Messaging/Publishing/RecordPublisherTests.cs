using CellLab.Core.Records;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Messaging.Publishing;

#pragma warning disable CA1001 // disposed in the fixture's own DisposeAsync, which xunit awaits
public sealed class RecordPublisherTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly PublisherOptions Quick = new()
    {
        Node = "n", JobInterval = TimeSpan.FromMilliseconds(50), SubscriberGrace = TimeSpan.FromMilliseconds(20), RetryDelay = TimeSpan.FromMilliseconds(10),
    };

    private readonly TestJournal _journal = new();
    private readonly TestClient _client = new();
    private readonly ConnectionWatch _watch;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public RecordPublisherTests() => _watch = new ConnectionWatch(_client);

    private long Cursor => _journal.Cursor("publisher");

    [Fact]
    public async Task A_commit_goes_to_the_nodes_topic_at_once_and_to_its_jobs_topics_after_the_interval()
    {
        Start(Quick with { JobInterval = TimeSpan.FromSeconds(1) });
        long began = TimeProvider.System.GetTimestamp();

        _journal.Commit([TestRows.Row(TestRows.JobA, 1), TestRows.Row(TestRows.JobB, 1), TestRows.Row(TestRows.JobA, 2)]);
        await Eventually.TrueAsync(() => _client.Messages.Count == 1, "the node's message");
        await Eventually.TrueAsync(() => _client.Messages.Count == 3, "the jobs' messages");

        Assert.True(TimeProvider.System.GetElapsedTime(began).TotalSeconds >= 0.9);
        Assert.Equal("celllab/v1/x/node/n/records", _client.Messages[0].Topic);
        Assert.Equal([1L, 2L], Sequences("celllab/v1/x/job/aaaaaaaaaaaa/records"));
        Assert.Equal([1L], Sequences("celllab/v1/x/job/bbbbbbbbbbbb/records"));
        await Eventually.TrueAsync(() => Cursor == 3, "the cursor");
        Assert.Equal(0, _journal.ReadBack);
    }

    [Fact]
    public async Task Many_rows_of_a_job_do_not_wait_for_the_interval()
    {
        Start(Quick with { JobInterval = TimeSpan.FromHours(1), JobRows = 500 });

        _journal.Commit(TestRows.Rows(TestRows.JobA, 1, 1200));
        await Eventually.TrueAsync(() => JobMessages().Count == 2, "two full messages");

        Assert.All(JobMessages(), rows => Assert.Equal(500, rows.Count));
        Assert.Equal(0, Cursor); // 200 rows still wait
    }

    [Fact]
    public async Task The_cursor_waits_for_the_acknowledgement_of_both_topics()
    {
        _client.Acknowledges = false;
        Start(Quick);
        _journal.Commit(TestRows.Rows(TestRows.JobA, 1, 3));
        await Eventually.TrueAsync(() => _client.Messages.Count == 2, "both messages");

        _client.AcknowledgeAll(sent => sent.Topic.EndsWith("node/n/records", StringComparison.Ordinal));
        _journal.Commit(TestRows.Rows(TestRows.JobA, 4, 1));
        await Eventually.TrueAsync(() => _client.Messages.Count == 4, "the next window");
        _client.AcknowledgeAll(sent => sent.Topic.EndsWith("node/n/records", StringComparison.Ordinal));
        Assert.Equal(0, Cursor);

        _client.AcknowledgeAll();
        await Eventually.TrueAsync(() => Cursor == 4, "the cursor");
    }

    [Fact]
    public async Task What_was_stored_before_a_restart_is_read_from_the_journal_in_order()
    {
        _journal.Commit(TestRows.Rows(TestRows.JobA, 1, 7000), tell: false);
        await _journal.Seen.WriteCursorAsync("publisher", 1000, CancellationToken.None);

        Start(Quick with { NodeRows = 800 });
        await Eventually.TrueAsync(() => Cursor == 7000, "the cursor");
        _journal.Commit(TestRows.Rows(TestRows.JobA, 7001, 5));
        await Eventually.TrueAsync(() => Cursor == 7005, "the new rows");

        Assert.Equal(Range(1001, 6005), JobMessages().SelectMany(rows => rows).Select(row => row.Sequence));
        Assert.Equal(Range(1001, 6005), NodeRows().Select(row => row.Sequence));
    }

    [Fact]
    public async Task Rows_that_do_not_fit_in_memory_while_the_broker_is_away_come_from_the_journal()
    {
        _client.Connect(false);
        Start(Quick with { MemoryRows = 100, NodeRows = 50 });
        for (int commit = 0; commit < 100; commit++)
        {
            _journal.Commit(TestRows.Rows(TestRows.JobA, (commit * 10) + 1, 10));
        }

        _client.SessionResumed = true;
        _client.Connect(true);
        await Eventually.TrueAsync(() => Cursor == 1000, "everything");

        Assert.True(_journal.ReadBack > 0);
        Assert.Equal(Range(1, 1000), NodeRows().Select(row => row.Sequence));
        Assert.Equal(Range(1, 1000), JobMessages().SelectMany(rows => rows).Select(row => row.Sequence));
    }

    [Fact]
    public async Task After_a_loss_of_the_brokers_memory_the_last_seconds_go_out_once_more_in_order()
    {
        Start(Quick);
        _journal.Commit(TestRows.Rows(TestRows.JobA, 1, 10));
        await Eventually.TrueAsync(() => Cursor == 10, "the first rows");

        _client.Connect(false);
        _journal.Commit(TestRows.Rows(TestRows.JobA, 11, 5));
        _client.SessionResumed = false;
        _client.Connect(true);
        await Eventually.TrueAsync(() => Cursor == 15 && JobMessages().Count >= 2, "the rest");
        await Eventually.TrueAsync(() => NodeRows().Count(row => row.Sequence == 1) == 2, "the repeat");
        await Eventually.TrueAsync(() => JobMessages()[^1][^1].Sequence == 15, "the job's topic");

        long[] repeated = [.. NodeRows().Skip(10).Select(row => row.Sequence)];
        int again = Array.LastIndexOf(repeated, 1L);
        Assert.Equal(Range(1, 15), repeated[again..].Distinct());
        Assert.Equal(Range(1, 15), repeated[again..].Order().Distinct());
    }

    [Fact]
    public async Task A_resumed_session_repeats_nothing()
    {
        Start(Quick);
        _journal.Commit(TestRows.Rows(TestRows.JobA, 1, 10));
        await Eventually.TrueAsync(() => Cursor == 10, "the first rows");

        _client.Connect(false);
        _client.SessionResumed = true;
        _client.Connect(true);
        _journal.Commit(TestRows.Rows(TestRows.JobA, 11, 5));
        await Eventually.TrueAsync(() => Cursor == 15, "the rest");

        Assert.Equal(Range(1, 15), NodeRows().Select(row => row.Sequence));
        Assert.Equal(Range(1, 15), JobMessages().SelectMany(rows => rows).Select(row => row.Sequence));
    }

    [Fact]
    public async Task A_refused_message_stops_the_cursor_and_is_tried_again()
    {
        _client.Acknowledges = false;
        Start(Quick);
        _journal.Commit(TestRows.Rows(TestRows.JobA, 1, 3));
        await Eventually.TrueAsync(() => _client.Messages.Count == 2, "both messages");

        _client.Refuse(sent => sent.Topic.Contains("/job/", StringComparison.Ordinal));
        _client.AcknowledgeAll();
        await Eventually.TrueAsync(() => _client.Messages.Count == 4, "the second attempt");
        Assert.Equal(0, Cursor);
        _client.AcknowledgeAll();

        await Eventually.TrueAsync(() => Cursor == 3, "the cursor");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WithinAsync();
        _watch.Dispose();
        _stop.Dispose();
        await _client.DisposeAsync();
    }

    private static IEnumerable<long> Range(int first, int count) => Enumerable.Range(first, count).Select(number => (long)number);

    private void Start(PublisherOptions options)
    {
        var publisher = new RecordPublisher(
            _journal.Seen, _client, _watch, new TopicMap("x"), options, TimeProvider.System, NullLogger<RecordPublisher>.Instance);
        _running = publisher.RunAsync(_stop.Token);
    }

    private IEnumerable<long> Sequences(string topic) =>
        _client.Messages.Where(sent => sent.Topic == topic).SelectMany(sent => RecordsPayload.ReadJob(sent.Payload)).Select(row => row.Sequence);

    private IReadOnlyList<IReadOnlyList<RecordRow>> JobMessages() =>
        [.. _client.Messages.Where(sent => sent.Topic.Contains("/job/", StringComparison.Ordinal)).Select(sent => RecordsPayload.ReadJob(sent.Payload))];

    private IReadOnlyList<RecordRow> NodeRows() =>
        [.. _client.Messages.Where(sent => sent.Topic.Contains("/node/", StringComparison.Ordinal)).SelectMany(sent => RecordsPayload.ReadNode(sent.Payload).SelectMany(run => run))];
}
