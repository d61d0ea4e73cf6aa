using System.Net;
using System.Net.Sockets;
using CellLab.Messaging.Clients;

namespace CellLab.Tests.Messaging.Clients;

/// <summary>A TCP port that leads to the broker's socket; its connections can be cut, as a network would.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _target;
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly List<Task> _copies = [];
    private Task _serving = Task.CompletedTask;

    private Relay(string target) => _target = target;

    public BrokerAddress Address => BrokerAddress.Tcp("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    public static Relay To(BrokerAddress broker)
    {
        var relay = new Relay(broker.HostOrPath);
        relay._listener.Start();
        relay._serving = relay.ServeAsync();
        return relay;
    }

    public void Cut()
    {
        lock (_gate)
        {
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        Cut();
        await Task.WhenAll(_copies);
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                var broker = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await broker.ConnectAsync(new UnixDomainSocketEndPoint(_target));
                lock (_gate)
                {
                    _open.AddRange([client, broker]);
                    _copies.AddRange([CopyAsync(client, broker), CopyAsync(broker, client)]);
                }
            }
        }
        catch (Exception end) when (end is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[65536];
        try
        {
            for (int count = await from.ReceiveAsync(buffer); count > 0; count = await from.ReceiveAsync(buffer))
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }

            to.Dispose();
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            to.Dispose();
        }
    }
}
