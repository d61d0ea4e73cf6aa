using System.Net;
using System.Net.Sockets;

namespace CellLab.AutolabBridge;

/// <summary>Listens on loopback and serves one client at a time; a second one is turned away.</summary>
internal sealed class BridgeHost : IDisposable
{
    private readonly BridgeCore _core;
    private readonly TcpListener _listener;
    private readonly TimeSpan _handOver;
    private ClientSession? _present;

    /// <exception cref="IOException">The port is taken.</exception>
    public BridgeHost(BridgeCore core, BridgeOptions options)
    {
        _core = core;
        _handOver = TimeSpan.FromSeconds(options.HandOverSeconds);
        _listener = new TcpListener(IPAddress.Loopback, options.Port);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            throw new IOException($"cannot listen on 127.0.0.1:{options.Port}: {e.Message}; end the other bridge, or choose another --port", e);
        }

        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        core.Ended += _listener.Stop;
    }

    public int Port { get; }

    /// <summary>Returns when the core is asked to end.</summary>
    public void Run()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = _listener.AcceptTcpClient();
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException or ObjectDisposedException)
            {
                _present?.Close();
                return;
            }

            client.NoDelay = true;
            var session = new ClientSession(client, _core);
            if (_present is null || _present.WaitForEnd(_handOver))
            {
                _present = session;
                session.Start();
            }
            else
            {
                session.TurnAway();
            }
        }
    }

    public void Dispose()
    {
        _core.Ended -= _listener.Stop;
        _listener.Stop();
    }
}
