using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Messaging.Broker;

public sealed class BrokerSupervisorTests
{
    [Fact]
    public async Task A_missing_executable_names_the_package()
    {
        await using TestBroker broker = TestBroker.Prepared(options => options with { Executable = "no-such-broker" });

        BrokerException error = await Assert.ThrowsAsync<BrokerException>(() => broker.Supervisor.StartAsync(CancellationToken.None));

        Assert.Contains("'no-such-broker' was not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install mosquitto", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_remedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using TestBroker broker = TestBroker.Prepared(options => options with { Port = port });

        PortInUseException error = await Assert.ThrowsAsync<PortInUseException>(() => broker.Supervisor.StartAsync(CancellationToken.None));

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
        await using TestBroker broker = TestBroker.Prepared(options => options with { Host = host });

        BrokerException error = await Assert.ThrowsAsync<BrokerException>(() => broker.Supervisor.StartAsync(CancellationToken.None));

        Assert.Contains($"mqtt.host: expected a loopback address for the managed broker, found '{host}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_loopback_address_is_bound()
    {
        await using TestBroker broker = await TestBroker.StartAsync();

        IPEndPoint[] bound = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

        Assert.Equal([IPAddress.Loopback], bound.Where(end => end.Port == broker.Options.Port).Select(end => end.Address));
    }

    [Fact]
    public async Task Anybody_on_the_machine_may_read_and_nobody_but_us_may_publish()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        MosquittoClient ours = await broker.ConnectedAsync("ours");
        MosquittoClient stranger = await broker.ConnectedAsync("stranger", options => options with { Broker = broker.Tcp });
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
    public async Task A_killed_broker_is_started_again()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        int first = broker.ProcessId();

        broker.Kill();
        await Eventually.TrueAsync(() => broker.Supervisor.StartCount == 2, "the second start");

        Assert.NotEqual(first, broker.ProcessId());
        Assert.Null(broker.Supervisor.Problem);
        MosquittoClient client = await broker.ConnectedAsync("after");
        await client.PublishAsync("celllab/v1/x/t", "1"u8.ToArray(), 1, retain: false, CancellationToken.None).WithinAsync();
    }

    [Fact]
    public async Task The_broker_ends_with_the_service()
    {
        TestBroker broker = await TestBroker.StartAsync();
        int process = broker.ProcessId();

        await broker.DisposeAsync();

        Assert.False(TestBroker.IsMosquitto(process));
    }

    [Fact]
    public async Task The_broker_ends_when_its_parent_is_killed()
    {
        await using TestBroker broker = TestBroker.Prepared();
        BrokerFiles files = BrokerFiles.In(broker.Folder);
        files.Prepare();
        await File.WriteAllTextAsync(files.Configuration, BrokerConfiguration.Write(broker.Options, files, Environment.IsPrivilegedProcess));
        await File.WriteAllTextAsync(files.AccessList, BrokerConfiguration.WriteAccessList());
        // The sleeping process stands for the service: it alone holds the other end of the pipe.
        using Process pipeline = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "sleep 600 | /bin/sh -c \"$0\" \"$1\" \"$2\"", BrokerProcess.Script, BrokerExecutable.Find("mosquitto"), files.Configuration },
        })!;
        int[] Children() => [.. TestBroker.Children(pipeline.Id)];
        await Eventually.TrueAsync(() => BrokerProbe.Answers(files.Socket), "the broker listens");
        int mosquitto = Children().SelectMany(TestBroker.Children).Single(TestBroker.IsMosquitto);

        using (Process service = Process.GetProcessById(Children().Single(id => File.ReadAllText($"/proc/{id}/comm").StartsWith("sleep", StringComparison.Ordinal))))
        {
            service.Kill();
        }

        await Eventually.TrueAsync(() => !TestBroker.IsMosquitto(mosquitto), "the broker has ended");
        await pipeline.WaitForExitAsync().WithinAsync();
    }

    [Fact]
    public async Task An_external_broker_is_used_as_it_is_configured()
    {
        await using TestBroker broker = TestBroker.Prepared(options => options with { Managed = false, Host = "broker.example", Port = 1883 });

        await broker.Supervisor.StartAsync(CancellationToken.None);

        Assert.Equal(BrokerAddress.Tcp("broker.example", 1883), broker.Supervisor.Address);
        Assert.Equal(0, broker.Supervisor.StartCount);
    }

    [Fact]
    public void A_socket_path_that_would_be_too_long_or_has_blanks_goes_elsewhere()
    {
        string deep = Path.Combine(Path.GetTempPath(), new string('d', 120));
        string blank = Path.Combine(Path.GetTempPath(), "a b");

        Assert.All([deep, blank], folder =>
        {
            string socket = BrokerFiles.In(folder).Socket;
            Assert.StartsWith(Path.Combine(Path.GetTempPath(), "celllab-"), socket, StringComparison.Ordinal);
            Assert.True(socket.Length <= 107);
            Assert.Equal(socket, BrokerFiles.In(folder).Socket);
        });
        Assert.NotEqual(BrokerFiles.In(deep).Socket, BrokerFiles.In(blank).Socket);
    }
}
