using System.Net;
using System.Net.Sockets;

namespace CellLab.Tests.Messaging.Clients;

/// <summary>Answers every CONNECT with "not authorised" (MQTT 5 section 3.2: CONNACK, reason code 0x87) and closes.</summary>
internal sealed class RefusingBroker : IAsyncDisposable
{
    private static readonly byte[] NotAuthorised = [0x20, 0x03, 0x00, 0x87, 0x00];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _serving = Task.CompletedTask;
    private int _attempts;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Attempts => Volatile.Read(ref _attempts);

    public static RefusingBroker Start()
    {
        var broker = new RefusingBroker();
        broker._listener.Start();
        broker._serving = broker.ServeAsync();
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        byte[] request = new byte[512];
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                NetworkStream stream = client.GetStream();
                _ = await stream.ReadAsync(request);
                await stream.WriteAsync(NotAuthorised);
                Interlocked.Increment(ref _attempts);
            }
        }
        catch (Exception end) when (end is SocketException or InvalidOperationException or IOException)
        {
            // Stopped.
        }
    }
}
