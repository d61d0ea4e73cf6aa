using System.Buffers;
using CellLab.Drivers.SrsRga.Wire;
using CellLab.Transport;

namespace CellLab.Drivers.SrsRga.Session;

/// <summary>One open stream. What arrives is taken in at once, so that surplus bytes show before the next command. One caller at a time.</summary>
internal sealed class RgaLink : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly ArrivedBytes _arrived = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _pump;

    public RgaLink(IConnection connection)
    {
        _connection = connection;
        _pump = PumpAsync();
    }

    public delegate bool AnswerReader<T>(ref ReadOnlySequence<byte> buffer, out T answer);

    /// <summary>Bytes are waiting that no command has asked for, or a part of an answer.</summary>
    public bool HasSurplus => _arrived.Count > 0;

    public ValueTask SendAsync(byte[] bytes, CancellationToken cancellationToken) => _connection.Stream.WriteAsync(bytes, cancellationToken);

    /// <summary>Waits for one whole answer. Bytes of an answer that is not whole stay.</summary>
    /// <exception cref="RgaFormatException">What has come cannot be the beginning of such an answer.</exception>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public async Task<T> ReceiveAsync<T>(AnswerReader<T> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task news = _arrived.News;
            if (_arrived.TryTake(read, out T answer))
            {
                return answer;
            }

            await news.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Throws away what comes until nothing has come for so long, at most twenty times as long; returns how many bytes that were.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public async Task<long> DiscardAsync(TimeSpan quiet, TimeProvider wall, CancellationToken cancellationToken)
    {
        long began = wall.GetTimestamp();
        long discarded = 0;
        while (wall.GetElapsedTime(began) < 20 * quiet)
        {
            Task news = _arrived.News;
            discarded += _arrived.Clear();
            try
            {
                await news.WaitAsync(quiet, wall, cancellationToken);
            }
            catch (TimeoutException)
            {
                break;
            }
        }

        return discarded + _arrived.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _connection.DisposeAsync();
        await _pump;
        _closing.Dispose();
    }

    private async Task PumpAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (await _connection.Stream.ReadAsync(buffer, _closing.Token) is int count and > 0)
            {
                _arrived.Add(buffer.AsSpan(0, count));
            }

            _arrived.End(Lost());
        }
        catch (TransportException error)
        {
            _arrived.End(error);
        }
        catch (OperationCanceledException)
        {
            _arrived.End(Lost());
        }
    }

    private TransportException Lost() => new(TransportFault.Lost, _connection.Address, "the other side closed the connection");
}
