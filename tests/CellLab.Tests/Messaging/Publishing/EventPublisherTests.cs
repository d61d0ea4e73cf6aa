using CellLab.Core.Events;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Messaging.Publishing;

#pragma warning disable CA1001 // disposed in the fixture's own DisposeAsync, which xunit awaits
public sealed class EventPublisherTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly TestJournal _journal = new();
    private readonly TestClient _client = new();
    private readonly ConnectionWatch _watch;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public EventPublisherTests()
    {
        _watch = new ConnectionWatch(_client);
        var options = new PublisherOptions { Node = "n", SubscriberGrace = TimeSpan.FromMilliseconds(20), RetryDelay = TimeSpan.FromMilliseconds(10) };
        var publisher = new EventPublisher(
            _journal.Seen, _client, _watch, new TopicMap("x"), options, TimeProvider.System, NullLogger<EventPublisher>.Instance);
        _running = publisher.RunAsync(_stop.Token);
    }

    [Fact]
    public async Task Events_of_jobs_go_out_in_order_and_the_cursor_passes_those_without_a_topic()
    {
        _journal.Commit(Event(1), Event(2) with { Job = null, Device = "cycler1" }, Event(3));
        await Eventually.TrueAsync(() => _journal.Cursor("events") == 3, "the cursor");

        Assert.Equal([1L, 3L], Numbers());
        Assert.Equal("celllab/v1/x/job/aaaaaaaaaaaa/event", _client.Messages[0].Topic);
    }

    [Fact]
    public async Task The_cursor_waits_for_the_acknowledgement_and_a_refusal_begins_again_there()
    {
        _client.Acknowledges = false;
        _journal.Commit(Event(1), Event(2));
        await Eventually.TrueAsync(() => _client.Messages.Count == 2, "both events");

        _client.AcknowledgeAll(sent => sent == _client.Messages[0]);
        _client.Refuse(sent => sent == _client.Messages[1]);
        await Eventually.TrueAsync(() => _client.Messages.Count == 4, "both again");
        Assert.Equal(0, _journal.Cursor("events"));
        _client.AcknowledgeAll();

        await Eventually.TrueAsync(() => _journal.Cursor("events") == 2, "the cursor");
        Assert.Equal([1L, 2L, 1L, 2L], Numbers());
    }

    [Fact]
    public async Task After_a_loss_of_the_brokers_memory_the_last_events_go_out_once_more()
    {
        _journal.Commit(Event(1), Event(2));
        await Eventually.TrueAsync(() => _journal.Cursor("events") == 2, "the cursor");

        _client.Connect(false);
        _client.Connect(true);
        _journal.Commit(Event(3));
        await Eventually.TrueAsync(() => _journal.Cursor("events") == 3, "the third event");
        await Eventually.TrueAsync(() => Numbers().Count(number => number == 1) == 2, "the repeat");

        long[] numbers = [.. Numbers()];
        Assert.Equal([1L, 2L, 3L], numbers[Array.LastIndexOf(numbers, 1L)..]);
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

    private static JobEvent Event(long number) => new(number, At, At, TestRows.JobA, null, "note", $"event {number}", "{\"a\":1}");

    private IEnumerable<long> Numbers() => _client.Messages.Select(sent => PayloadJson.Read<EventPayload>(sent.Payload).Number);
}
