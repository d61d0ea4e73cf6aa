using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Messaging;

/// <summary>A real mosquitto in a folder of its own.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly List<IMessageClient> _clients = [];
    private readonly MessageClientKind _clientKind;

    private TestBroker(string folder, BrokerOptions options, MessageClientKind clients, BrokerKind kind)
    {
        Folder = folder;
        Options = options;
        _clientKind = clients;
        Broker = Brokers.Create(kind, options, folder, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public string Folder { get; }

    public BrokerOptions Options { get; }

    public IBroker Broker { get; }

    public BrokerSupervisor Supervisor => (BrokerSupervisor)Broker;

    public BrokerAddress Tcp => BrokerAddress.Tcp(Options.Host, Options.Port);

    public static TestBroker Prepared(
        Func<BrokerOptions, BrokerOptions>? change = null, MessageClientKind clients = MessageClientKind.LibMosquitto, BrokerKind kind = BrokerKind.Mosquitto)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-").FullName;
        var options = new BrokerOptions { Port = FreePort() };
        return new TestBroker(folder, change?.Invoke(options) ?? options, clients, kind);
    }

    public static async Task<TestBroker> StartAsync(
        MessageClientKind clients = MessageClientKind.LibMosquitto, BrokerKind kind = BrokerKind.Mosquitto)
    {
        TestBroker broker = Prepared(clients: clients, kind: kind);
        await broker.Broker.StartAsync(CancellationToken.None);
        return broker;
    }

    public IMessageClient Client(string id, Func<MessageClientOptions, MessageClientOptions>? change = null)
    {
        var options = new MessageClientOptions { Broker = Broker.Address, ClientId = id, LongestRetryDelay = TimeSpan.FromMilliseconds(200) };
        IMessageClient client = MessageClients.Create(_clientKind, change?.Invoke(options) ?? options, TimeProvider.System, NullLoggerFactory.Instance);
        _clients.Add(client);
        client.Start();
        return client;
    }

    public async Task<IMessageClient> ConnectedAsync(string id, Func<MessageClientOptions, MessageClientOptions>? change = null)
    {
        IMessageClient client = Client(id, change);
        await Eventually.TrueAsync(() => client.IsConnected, $"client {id} connected");
        return client;
    }

    /// <summary>Process id of mosquitto itself, a child of the supervisor's shell.</summary>
    public int ProcessId() => Children(Supervisor.ShellId!.Value).Single(IsMosquitto);

    public void Kill()
    {
        using Process process = Process.GetProcessById(ProcessId());
        process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IMessageClient client in _clients)
        {
            await client.DisposeAsync();
        }

        await Broker.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public static bool IsMosquitto(int process)
    {
        string name = $"/proc/{process}/comm";
        try
        {
            return File.ReadAllText(name).StartsWith("mosquitto", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static IEnumerable<int> Children(int process)
    {
        string text = File.ReadAllText($"/proc/{process}/task/{process}/children");
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
