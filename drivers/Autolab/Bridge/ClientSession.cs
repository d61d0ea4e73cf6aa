using System.Net.Sockets;
using CellLab.AutolabBridge.Time;
using CellLab.AutolabBridge.Wire;

namespace CellLab.AutolabBridge;

/// <summary>One client's connection: a thread that reads requests, one that writes. However it ends, the core is told.</summary>
internal sealed class ClientSession
{
    private const int LeaveMilliseconds = 5000;
    private const int MostIgnored = 1 << 20;

    private readonly TcpClient _client;
    private readonly BridgeCore _core;
    private readonly Outbox _outbox;
    private readonly TaskCompletionSource<bool> _ended = new();
    private double _heard = WallTime.Seconds;
    private double _silenceLimit = double.PositiveInfinity;

    public ClientSession(TcpClient client, BridgeCore core)
    {
        _client = client;
        _core = core;
        _outbox = new Outbox(client.GetStream(), Close);
    }

    public void Start()
    {
        _core.Enter(this);
        new Thread(_outbox.Write) { IsBackground = true, Name = "to the client" }.Start();
        new Thread(Read) { IsBackground = true, Name = "from the client" }.Start();
    }

    /// <summary>Another client is served.</summary>
    public void TurnAway()
    {
        _outbox.Refuse(null, "busy", "another client is connected; the bridge serves one");
        _outbox.Close();
        new Thread(() =>
        {
            _outbox.Write();
            ReadToEnd();
            Close();
        })
        { IsBackground = true }.Start();
    }

    public Outbox Outbox => _outbox;

    /// <summary>From now on a client that says nothing for so long counts as lost: a tunnel may hide that it has gone.</summary>
    public void ExpectWithin(double seconds) => Volatile.Write(ref _silenceLimit, seconds);

    public bool IsSilent => WallTime.Seconds - Volatile.Read(ref _heard) > Volatile.Read(ref _silenceLimit);

    public bool WaitForEnd(TimeSpan limit) => _ended.Task.Wait(limit);

    public void Close() => _client.Close();

    /// <summary>A connection closed with a request unread is reset, and the client may lose the refusal that it has not read yet: so its bytes are
    /// taken until it goes, or has sent nothing for <see cref="LeaveMilliseconds"/>.</summary>
    private void ReadToEnd()
    {
        try
        {
            _client.Client.Shutdown(SocketShutdown.Send);
            _client.ReceiveTimeout = LeaveMilliseconds;
            byte[] ignored = new byte[1024];
            int left = MostIgnored;
            while (left > 0 && _client.GetStream().Read(ignored, 0, ignored.Length) is int count and > 0)
            {
                left -= count;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // it has gone, or does not go: closed in either case
        }
    }

    private void Read()
    {
        try
        {
            var lines = new Lines(_client.GetStream());
            while (lines.Read() is { } line)
            {
                Volatile.Write(ref _heard, WallTime.Seconds);
                if (line.Length > 0)
                {
                    _core.Take(line, this);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the connection has ended: told below
        }

        _outbox.Close();
        Close();
        _core.Leave(this);
        _ended.TrySetResult(true);
    }
}
