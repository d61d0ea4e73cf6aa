using System.Text;
using CellLab.Messaging.Publishing;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Messaging.Publishing;

#pragma warning disable CA1001 // disposed in the fixture's own DisposeAsync, which xunit awaits
public sealed class RetainedPublisherTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly TestClient _client = new();
    private readonly ConnectionWatch _watch;
    private readonly RetainedPublisher _retained;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RetainedPublisherTests()
    {
        _watch = new ConnectionWatch(_client);
        var options = new PublisherOptions { Node = "n", RetryDelay = TimeSpan.FromMilliseconds(10) };
        _retained = new RetainedPublisher(_client, _watch, options, TimeProvider.System, NullLogger<RetainedPublisher>.Instance);
        _running = _retained.RunAsync(_stop.Token);
    }

    [Fact]
    public async Task A_state_is_retained_and_an_unchanged_one_is_not_sent_again()
    {
        Set("a", "1");
        await Eventually.TrueAsync(() => Sent().Count == 1, "the first state");
        Set("a", "1");
        Set("b", "2");
        await Eventually.TrueAsync(() => Sent().Contains("b=2"), "the other topic");

        Assert.Equal(["a=1", "b=2"], Sent());
        Assert.All(_client.Messages, sent => Assert.True(sent.Retain && sent.Qos == 1));
    }

    [Fact]
    public async Task Every_connect_brings_all_states_again_but_not_what_was_cleared()
    {
        Set("a", "1");
        Set("b", "2");
        await Eventually.TrueAsync(() => Sent().Count == 2, "both states");
        _retained.Clear("b");
        await Eventually.TrueAsync(() => Sent().Contains("b="), "the clearing");

        _client.Connect(false);
        Set("a", "3");
        _client.Connect(true);
        await Eventually.TrueAsync(() => Sent().Contains("a=3"), "the new state");

        Assert.Equal("a=3", Sent()[^1]);
        Assert.Single(Sent(), text => text.StartsWith("b=", StringComparison.Ordinal) && text != "b=2");
    }

    [Fact]
    public async Task While_one_state_is_on_its_way_only_the_newest_of_those_that_follow_is_sent()
    {
        _client.Acknowledges = false;
        Set("a", "1");
        await Eventually.TrueAsync(() => Sent().Count == 1, "the first state");
        Set("a", "2");
        Set("a", "3");
        _client.AcknowledgeAll();
        await Eventually.TrueAsync(() => Sent().Count == 2, "the newest");

        Assert.Equal(["a=1", "a=3"], Sent());
    }

    [Fact]
    public async Task A_state_that_was_refused_is_tried_again()
    {
        _client.Acknowledges = false;
        Set("a", "1");
        await Eventually.TrueAsync(() => Sent().Count == 1, "the first attempt");

        _client.Refuse(_ => true);

        await Eventually.TrueAsync(() => Sent().Count == 2, "the second attempt");
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

    private void Set(string topic, string text) => _retained.Set(topic, Encoding.UTF8.GetBytes(text));

    private List<string> Sent() => [.. _client.Messages.Select(sent => $"{sent.Topic}={Encoding.UTF8.GetString(sent.Payload)}")];
}
