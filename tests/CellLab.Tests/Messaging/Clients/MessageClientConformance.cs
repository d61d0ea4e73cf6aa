using System.Globalization;
using System.Text;
using CellLab.Messaging;
using CellLab.Messaging.Clients;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Messaging.Clients;

/// <summary>What every client does against a real mosquitto.</summary>
public abstract class MessageClientConformance
{
    protected virtual MessageClientKind Kind => MessageClientKind.LibMosquitto;

    private static readonly Announcement Status = new("celllab/v1/x/node/n/status", () => "here"u8.ToArray(), "gone"u8.ToArray());

    [Fact]
    public async Task Messages_arrive_as_they_were_sent_and_in_order()
    {
        await using TestBroker broker = await TestBroker.StartAsync(Kind);
        IMessageClient client = await broker.ConnectedAsync("a");
        await using Inbox inbox = await Inbox.ReadyAsync(client, "t");
        byte[][] payloads = [[0, 255, 10, 0], [], [.. Encoding.UTF8.GetBytes("\u00b5Ah")]];

        await Task.WhenAll(payloads.Select(payload => client.PublishAsync("t/x", payload, 1, retain: false, CancellationToken.None))).WithinAsync();
        await client.PublishAsync("t/y", "last"u8.ToArray(), 0, retain: false, CancellationToken.None).WithinAsync();
        await Eventually.TrueAsync(() => inbox.Messages.Count == 4, "four messages");

        Assert.Equal([.. payloads, "last"u8.ToArray()], inbox.Messages.Select(message => message.Payload));
        Assert.Equal(["t/x", "t/x", "t/x", "t/y"], inbox.Messages.Select(message => message.Topic));
    }

    [Fact]
    public async Task Two_subscriptions_that_overlap_each_get_a_message_once()
    {
        await using TestBroker broker = await TestBroker.StartAsync(Kind);
        IMessageClient client = await broker.ConnectedAsync("a");
        await using Inbox all = await Inbox.ReadyAsync(client, "t");
        await using Inbox some = await Inbox.ReadyAsync(client, "t/u");
        await Eventually.TrueAsync(() => all.Messages.Count == 2, "the second marker and its end");
        all.Messages.Clear();

        await client.PublishAsync("t/u/x", "1"u8.ToArray(), 1, retain: false, CancellationToken.None).WithinAsync();
        await client.PublishAsync("t/v", "2"u8.ToArray(), 1, retain: false, CancellationToken.None).WithinAsync();
        await client.PublishAsync("t/u/end", "3"u8.ToArray(), 1, retain: false, CancellationToken.None).WithinAsync();
        await Eventually.TrueAsync(() => all.Messages.Count >= 3 && some.Messages.Count >= 2, "all messages");

        Assert.Equal(["t/u/x", "t/v", "t/u/end"], all.Messages.Select(message => message.Topic));
        Assert.Equal(["t/u/x", "t/u/end"], some.Messages.Select(message => message.Topic));
    }

    [Fact]
    public async Task Without_a_connection_publishing_fails_at_once_and_says_why()
    {
        await using TestBroker broker = TestBroker.Prepared(clients: Kind);
        IMessageClient client = broker.Client("a");
        await Eventually.TrueAsync(() => client.Problem is { } problem && problem != "connecting", "the first attempt has failed");

        MessageException error = await Assert.ThrowsAsync<MessageException>(
            () => client.PublishAsync("t", ReadOnlyMemory<byte>.Empty, 1, retain: false, CancellationToken.None));

        Assert.Contains("no connection to the broker at socket", error.Message, StringComparison.Ordinal);
        Assert.Contains("No such file or directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_comes_late_is_found()
    {
        await using TestBroker broker = TestBroker.Prepared(clients: Kind);
        IMessageClient client = broker.Client("a");
        await Eventually.TrueAsync(() => client.Problem != "connecting", "the first attempt has failed");

        await broker.Supervisor.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => client.IsConnected, "connected");

        Assert.Null(client.Problem);
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_broker_died_arrives_once_it_is_back_and_its_tasks_end()
    {
        await using TestBroker broker = await TestBroker.StartAsync(Kind);
        IMessageClient publisher = await broker.ConnectedAsync("p");
        IMessageClient reader = await broker.ConnectedAsync("r");
        await using Inbox inbox = await Inbox.ReadyAsync(reader, "t");
        int killAt = 500;
        var acknowledgements = new List<Task>();
        for (int number = 0; number < 1000; number++)
        {
            await Eventually.TrueAsync(() => publisher.IsConnected && (number < killAt || broker.Supervisor.StartCount == 2), "connected");
            Task sent = publisher.PublishAsync("t/n", Text(number), 1, retain: false, CancellationToken.None);
            if (sent.IsFaulted)
            {
                number--; // refused at the door: not kept by the client
                continue;
            }

            acknowledgements.Add(sent);
            if (number == killAt - 1)
            {
                broker.Kill();
                await SubscribedAgainAsync(broker, publisher, inbox);
            }
        }

        await Task.WhenAll(acknowledgements).WithinAsync();
        await Eventually.TrueAsync(() => inbox.Messages.Any(message => Number(message) == 999), "the last message");

        int[] after = [.. inbox.Messages.Select(Number).Where(number => number >= killAt)];
        Assert.Equal(after.Distinct().Order(), after.Distinct()); // in order
        Assert.Equal(1000, acknowledgements.Count(task => task.IsCompletedSuccessfully));
        Assert.False(publisher.SessionResumed);
    }

    [Fact]
    public async Task Readers_whose_connection_is_cut_get_everything_that_came_meanwhile()
    {
        await using TestBroker broker = await TestBroker.StartAsync(Kind);
        await using Relay relay = Relay.To(broker.Supervisor.Address);
        IMessageClient publisher = await broker.ConnectedAsync("p");
        IMessageClient reader = await broker.ConnectedAsync("r", options => options with { Broker = relay.Address });
        await using Inbox inbox = await Inbox.ReadyAsync(reader, "t");

        for (int number = 0; number < 200; number++)
        {
            await publisher.PublishAsync("t/n", Text(number), 1, retain: false, CancellationToken.None).WithinAsync();
            if (number % 50 == 25)
            {
                await Eventually.TrueAsync(() => reader.IsConnected, "there is something to cut");
                relay.Cut();
            }
        }

        await Eventually.TrueAsync(() => inbox.Messages.Any(message => Number(message) == 199), "the last message");

        Assert.Equal(Enumerable.Range(0, 200), inbox.Messages.Select(Number).Distinct());
        await Eventually.TrueAsync(() => reader.SessionResumed, "the broker knew its reader again");
    }

    [Fact]
    public async Task Subscriptions_are_renewed_after_a_restart_of_the_broker()
    {
        await using TestBroker broker = await TestBroker.StartAsync(Kind);
        IMessageClient client = await broker.ConnectedAsync("a");
        await using Inbox inbox = await Inbox.ReadyAsync(client, "t");

        broker.Kill();
        await Eventually.TrueAsync(() => broker.Supervisor.StartCount == 2 && client.IsConnected, "connected again");
        await client.PublishAsync("t/after", "1"u8.ToArray(), 1, retain: true, CancellationToken.None).WithinAsync();

        await Eventually.TrueAsync(() => inbox.Messages.Any(message => message.Topic == "t/after"), "the message after the restart");
    }

    [Fact]
    public async Task The_announcement_stands_while_the_process_is_there_and_turns_when_it_ends_or_is_lost()
    {
        await using TestBroker broker = await TestBroker.StartAsync(Kind);
        IMessageClient reader = await broker.ConnectedAsync("r");
        await using var inbox = new Inbox(reader, Status.Topic);
        await using Relay relay = Relay.To(broker.Supervisor.Address);
        IMessageClient node = broker.Client("n", options => options with { Announcement = Status, Broker = relay.Address });
        await Eventually.TrueAsync(() => Texts(inbox).LastOrDefault() == "here", "online");

        relay.Cut();
        await Eventually.TrueAsync(() => Texts(inbox).Contains("gone"), "the will");
        await Eventually.TrueAsync(() => Texts(inbox).LastOrDefault() == "here", "online again");
        int before = inbox.Messages.Count;
        await node.DisposeAsync();

        await Eventually.TrueAsync(() => inbox.Messages.Count > before && Texts(inbox).Last() == "gone", "an orderly end is announced too");
    }

    [Fact]
    public async Task A_slow_reader_holds_the_broker_back_and_loses_nothing()
    {
        await using TestBroker broker = await TestBroker.StartAsync(Kind);
        IMessageClient publisher = await broker.ConnectedAsync("p");
        IMessageClient slow = await broker.ConnectedAsync("s", options => options with { IncomingCapacity = 4 });
        await using (Inbox ready = await Inbox.ReadyAsync(slow, "t"))
        {
            await using IAsyncEnumerator<IncomingMessage> reading = slow.SubscribeAsync("t/#", 1, CancellationToken.None).GetAsyncEnumerator();

            await Task.WhenAll(Enumerable.Range(0, 300).Select(number => publisher.PublishAsync("t/n", Text(number), 1, false, CancellationToken.None))).WithinAsync();
            await slow.PublishAsync("other", "x"u8.ToArray(), 1, false, CancellationToken.None).WithinAsync(); // its own acknowledgements still come
            for (int expected = 0; expected < 300; expected++)
            {
                Assert.True(await reading.MoveNextAsync().AsTask().WithinAsync());
                Assert.Equal(expected, Number(reading.Current));
            }
        }
    }

    [Fact]
    public async Task A_connection_that_the_broker_refuses_is_tried_again_and_reported()
    {
        await using RefusingBroker broker = RefusingBroker.Start();
        var options = new MessageClientOptions
        {
            Broker = BrokerAddress.Tcp("127.0.0.1", broker.Port), ClientId = "a", FirstRetryDelay = TimeSpan.FromMilliseconds(5),
        };
        await using IMessageClient client = MessageClients.Create(
            Kind, options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        client.Start();
        await Eventually.TrueAsync(() => broker.Attempts >= 3, "three attempts");

        Assert.Contains("the broker refused the connection", client.Problem, StringComparison.Ordinal);
        Assert.Contains("reason 135", client.Problem, StringComparison.Ordinal);
    }

    /// <summary>A broker without a memory: what is published before its reader is back has no receiver.</summary>
    private static async Task SubscribedAgainAsync(TestBroker broker, IMessageClient publisher, Inbox inbox)
    {
        await Eventually.TrueAsync(() => broker.Supervisor.StartCount == 2 && publisher.IsConnected, "connected again");
        await publisher.PublishAsync("t/again", Text(-1), 1, retain: true, CancellationToken.None).WithinAsync();
        await Eventually.TrueAsync(() => inbox.Messages.Any(message => message.Topic == "t/again"), "the reader is back");
    }

    private static byte[] Text(int number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private static int Number(IncomingMessage message) => int.Parse(Encoding.UTF8.GetString(message.Payload), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Texts(Inbox inbox) => inbox.Messages.Select(message => Encoding.UTF8.GetString(message.Payload));
}
