using System.Diagnostics;
using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Messaging.Broker;

[Trait("Suite", "Broad")]
public sealed class BrokerSupervisorTests : BrokerConformance
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
    public async Task A_killed_broker_is_started_again()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        int first = broker.ProcessId();

        broker.Kill();
        await Eventually.TrueAsync(() => broker.Supervisor.StartCount == 2, "the second start");

        Assert.NotEqual(first, broker.ProcessId());
        Assert.Null(broker.Supervisor.Problem);
        IMessageClient client = await broker.ConnectedAsync("after");
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
        files.Write(broker.Options, [], Environment.IsPrivilegedProcess);
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
