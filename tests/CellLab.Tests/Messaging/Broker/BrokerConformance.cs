using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Messaging.Broker;

/// <summary>What every broker of an installation does.</summary>
public abstract class BrokerConformance
{
    protected virtual BrokerKind Kind => BrokerKind.Mosquitto;

    [Fact]
    public async Task A_port_in_use_is_named_with_the_remedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using TestBroker broker = TestBroker.Prepared(kind: Kind, change: options => options with { Port = port });

        PortInUseException error = await Assert.ThrowsAsync<PortInUseException>(() => broker.Broker.StartAsync(CancellationToken.None));

        Assert.Equal(
            FormattableString.Invariant($"the MQTT port 127.0.0.1:{port} is in use by another program; stop that program or set mqtt.port to a free port"),
            error.Message);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.5")]
    [InlineData("example.org")]
    public async Task A_managed_broker_is_never_opened_to_the_network(string host)
    {
        await using TestBroker broker = TestBroker.Prepared(kind: Kind, change: options => options with { Host = host });

        BrokerException error = await Assert.ThrowsAsync<BrokerException>(() => broker.Broker.StartAsync(CancellationToken.None));

        Assert.Contains($"mqtt.host: expected a loopback address for the managed broker, found '{host}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_loopback_address_is_bound()
    {
        await using TestBroker broker = await TestBroker.StartAsync(kind: Kind);

        IPEndPoint[] bound = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

        Assert.Equal([IPAddress.Loopback], bound.Where(end => end.Port == broker.Options.Port).Select(end => end.Address));
    }

    [Fact]
    public async Task Anybody_on_the_machine_may_read_and_nobody_but_us_may_publish()
    {
        await using TestBroker broker = await TestBroker.StartAsync(kind: Kind);
        IMessageClient ours = await broker.ConnectedAsync("ours");
        IMessageClient stranger = await broker.ConnectedAsync("stranger", options => options with { Broker = broker.Tcp });
        await ours.PublishAsync("celllab/v1/x/test/value", "42"u8.ToArray(), 1, retain: true, CancellationToken.None).WithinAsync();
        await using var inbox = new Inbox(stranger, "celllab/v1/x/test/#");

        MessageException refusal = await Assert.ThrowsAsync<MessageException>(
            () => stranger.PublishAsync("celllab/v1/x/test/value", "43"u8.ToArray(), 1, retain: true, CancellationToken.None)).WithinAsync();
        await Eventually.TrueAsync(() => !inbox.Messages.IsEmpty, "the stranger reads");

        Assert.Contains("reason 135", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'celllab/v1/x/test/value'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("42"u8.ToArray(), Assert.Single(inbox.Messages).Payload);
    }

    [Fact]
    public async Task An_external_broker_is_used_as_it_is_configured()
    {
        await using TestBroker broker = TestBroker.Prepared(kind: Kind, change: options => options with { Managed = false, Host = "broker.example", Port = 1883 });

        await broker.Broker.StartAsync(CancellationToken.None);

        Assert.Equal(BrokerAddress.Tcp("broker.example", 1883), broker.Broker.Address);
        Assert.Equal(0, broker.Broker.StartCount);
    }

    [Fact]
    public async Task After_its_end_the_port_and_the_socket_are_free_for_the_next_one()
    {
        await using TestBroker broker = await TestBroker.StartAsync(kind: Kind);
        await broker.Broker.DisposeAsync();

        await using IBroker next = Brokers.Create(
            Kind, broker.Options, broker.Folder, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await next.StartAsync(CancellationToken.None);

        Assert.Equal(1, next.StartCount);
        Assert.Null(next.Problem);
    }

    [Fact]
    public async Task What_a_reader_missed_while_it_was_away_waits_for_it()
    {
        await using TestBroker broker = await TestBroker.StartAsync(kind: Kind);
        await using Clients.Relay relay = Clients.Relay.To(broker.Broker.Address);
        IMessageClient publisher = await broker.ConnectedAsync("p");
        IMessageClient reader = await broker.ConnectedAsync("r", options => options with { Broker = relay.Address });
        await using Inbox inbox = await Inbox.ReadyAsync(reader, "celllab/v1/t");

        relay.Cut();
        for (int number = 0; number < 2000; number++)
        {
            await publisher.PublishAsync("celllab/v1/t/n", BitConverter.GetBytes(number), 1, retain: false, CancellationToken.None).WithinAsync();
        }

        await Eventually.TrueAsync(() => Numbers(inbox).Contains(1999), "the last message");
        Assert.Equal(Enumerable.Range(0, 2000), Numbers(inbox).Distinct());
    }

    /// <summary>Without what the inbox asked itself with whether it is ready: that may come again after the cut.</summary>
    private static IEnumerable<int> Numbers(Inbox inbox) =>
        inbox.Messages.Where(message => message.Topic == "celllab/v1/t/n").Select(message => BitConverter.ToInt32(message.Payload));
}
