using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Messaging;

/// <summary>A real mosquitto in a folder of its own.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly List<MosquittoClient> _clients = [];

    private TestBroker(string folder, BrokerOptions options, bool started)
    {
        Folder = folder;
        Options = options;
        Supervisor = new BrokerSupervisor(options, folder, TimeProvider.System, NullLogger<BrokerSupervisor>.Instance);
        Started = started;
    }

    public string Folder { get; }

    public BrokerOptions Options { get; }

    public BrokerSupervisor Supervisor { get; }

    public bool Started { get; }

    public BrokerAddress Tcp => BrokerAddress.Tcp(Options.Host, Options.Port);

    public static TestBroker Prepared(Func<BrokerOptions, BrokerOptions>? change = null)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-").FullName;
        var options = new BrokerOptions { Port = FreePort() };
        return new TestBroker(folder, change?.Invoke(options) ?? options, started: false);
    }

    public static async Task<TestBroker> StartAsync()
    {
        TestBroker broker = Prepared();
        await broker.Supervisor.StartAsync(CancellationToken.None);
        return broker;
    }

    public MosquittoClient Client(string id, Func<MessageClientOptions, MessageClientOptions>? change = null)
    {
        var options = new MessageClientOptions { Broker = Supervisor.Address, ClientId = id, LongestRetryDelay = TimeSpan.FromMilliseconds(200) };
        var client = new MosquittoClient(change?.Invoke(options) ?? options, TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        _clients.Add(client);
        client.Start();
        return client;
    }

    public async Task<MosquittoClient> ConnectedAsync(string id, Func<MessageClientOptions, MessageClientOptions>? change = null)
    {
        MosquittoClient client = Client(id, change);
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
        foreach (MosquittoClient client in _clients)
        {
            await client.DisposeAsync();
        }

        await Supervisor.DisposeAsync();
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
