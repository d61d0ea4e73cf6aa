using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CellLab.Transport;
using CellLab.Transport.Listeners;

namespace CellLab.TestKit.Receivers;

/// <summary>A server of one line-oriented conversation on a port of loopback. <see cref="Away"/> hangs up on everybody.</summary>
public abstract class Receiver : IAsyncDisposable
{
    private readonly SocketListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    protected Receiver(int port = 0)
    {
        _listener = SocketListener.Tcp(IPAddress.Loopback, port);
        _serving = ServeAsync();
    }

    public int Port => _listener.Address.Port;

    public bool Away { get; set; }

    /// <summary>What was taken, in order.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _listener.DisposeAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Holds the conversation to its end.</summary>
    protected abstract Task TalkAsync(StreamReader reader, StreamWriter writer, CancellationToken cancellationToken);

    private async Task ServeAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            await using IConnection connection = await _listener.AcceptAsync(_ending.Token);
            if (Away)
            {
                continue;
            }

            try
            {
                var reader = new StreamReader(connection.Stream, Encoding.UTF8, leaveOpen: true);
                await using var writer = new StreamWriter(connection.Stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
                await TalkAsync(reader, writer, _ending.Token);
            }
            catch (IOException)
            {
                // the other end has gone
            }
        }
    }
}
