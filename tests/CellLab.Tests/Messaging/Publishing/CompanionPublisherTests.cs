using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Messaging.Publishing;

#pragma warning disable CA1001 // disposed in the fixture's own DisposeAsync, which xunit awaits
public sealed class CompanionPublisherTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string NodeTopic = "celllab/v1/x/node/n/companions";
    private const string JobTopic = "celllab/v1/x/job/aaaaaaaaaaaa/records";

    private readonly TestJournal _journal = new();
    private readonly TestClient _client = new();
    private readonly ConnectionWatch _watch;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public CompanionPublisherTests()
    {
        _watch = new ConnectionWatch(_client);
        var options = new PublisherOptions
        {
            Node = "n", SubscriberGrace = TimeSpan.FromMilliseconds(20), RetryDelay = TimeSpan.FromMilliseconds(10),
            JobInterval = TimeSpan.FromMilliseconds(5), JobRows = 10,
        };
        var publisher = new CompanionPublisher(
            _journal.Seen, _client, _watch, new TopicMap("x"), options, TimeProvider.System, NullLogger<CompanionPublisher>.Instance);
        _running = publisher.RunAsync(_stop.Token);
    }

    [Fact]
    public async Task Rows_of_all_streams_go_out_in_order_on_both_topics_and_the_cursor_follows()
    {
        _journal.Commit([.. CompanionRows.Ions(TestRows.JobA, 1, 25), .. CompanionRows.Spectra(TestRows.JobB, 1, 7)]);
        await CursorAsync(32);

        Assert.Equal(CompanionRows.Ions(TestRows.JobA, 1, 25), OfJob(Streams.MassSpectrometer, JobTopic));
        Assert.Equal(CompanionRows.Spectra(TestRows.JobB, 1, 7), OfJob(Streams.Impedance, "celllab/v1/x/job/bbbbbbbbbbbb/records"));
        Assert.Equal([.. CompanionRows.Ions(TestRows.JobA, 1, 25), .. CompanionRows.Spectra(TestRows.JobB, 1, 7)], OfNode());
        Assert.All(_client.Messages, sent => Assert.Equal((1, false), (sent.Qos, sent.Retain)));
        Assert.All(_client.Messages.Where(sent => sent.Topic == JobTopic), sent => Assert.True(sent.Payload.Length < 2000));
    }

    [Fact]
    public async Task The_cursor_waits_for_both_acknowledgements_and_a_refusal_begins_again_there()
    {
        _client.Acknowledges = false;
        _journal.Commit(CompanionRows.Ions(TestRows.JobA, 1, 3));
        await Eventually.TrueAsync(() => _client.Messages.Count == 2, "both messages");

        _client.AcknowledgeAll(sent => sent.Topic == NodeTopic);
        _client.Refuse(sent => sent.Topic == JobTopic);
        await Eventually.TrueAsync(() => _client.Messages.Count == 4, "both again");
        Assert.Equal(0, _journal.Cursor(JournalCursors.CompanionPublisher));
        _client.AcknowledgeAll();

        await CursorAsync(3);
        Assert.Equal([1L, 2L, 3L, 1L, 2L, 3L], OfNode().Select(row => row.Sequence));
    }

    [Fact]
    public async Task While_the_broker_is_away_nothing_is_lost_and_all_of_it_follows_in_order()
    {
        _journal.Commit(CompanionRows.Ions(TestRows.JobA, 1, 4));
        await CursorAsync(4);
        _client.SessionResumed = true;
        _client.Connect(false);
        for (int commit = 0; commit < 20; commit++)
        {
            _journal.Commit(CompanionRows.Ions(TestRows.JobA, 5 + (commit * 3), 3));
        }

        _client.Connect(true);
        await CursorAsync(64);

        Assert.Equal(CompanionRows.Ions(TestRows.JobA, 1, 64), OfNode());
        Assert.Equal(CompanionRows.Ions(TestRows.JobA, 1, 64), OfJob(Streams.MassSpectrometer, JobTopic));
    }

    [Fact]
    public async Task After_a_loss_of_the_brokers_memory_the_last_rows_go_out_once_more()
    {
        _journal.Commit(CompanionRows.Ions(TestRows.JobA, 1, 4));
        await CursorAsync(4);

        _client.Connect(false);
        _client.Connect(true);
        _journal.Commit(CompanionRows.Ions(TestRows.JobA, 5, 1));
        await CursorAsync(5);
        await Eventually.TrueAsync(() => OfNode().Count(row => row.Sequence == 1) == 2, "the repeat");

        CompanionRow[] rows = [.. OfNode()];
        Assert.Equal(CompanionRows.Ions(TestRows.JobA, 1, 5), rows[Array.FindLastIndex(rows, row => row.Sequence == 1)..]);
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

    private Task CursorAsync(long position) =>
        Eventually.TrueAsync(() => _journal.Cursor(JournalCursors.CompanionPublisher) == position, $"the cursor at {position}");

    private IEnumerable<CompanionRow> OfNode() => _client.Messages
        .Where(sent => sent.Topic == NodeTopic).SelectMany(sent => CompanionsPayload.ReadNode(sent.Payload)).SelectMany(run => run);

    private IEnumerable<CompanionRow> OfJob(string stream, string topic) => _client.Messages
        .Where(sent => sent.Topic == topic).SelectMany(sent => CompanionsPayload.ReadJob(stream, sent.Payload));
}
