using System.Buffers;
using System.IO.Pipelines;
using CellLab.Drivers.SrsRga.Wire;
using CellLab.Transport;

namespace CellLab.Drivers.SrsRga.Session;

/// <summary>One open stream. What arrives is taken in at once, so that surplus bytes show before the next command. One caller at a time.</summary>
internal sealed class RgaLink : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly Pipe _arrived = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _pump;

    public RgaLink(IConnection connection)
    {
        _connection = connection;
        _pump = PumpAsync();
    }

    public delegate bool AnswerReader<T>(ref ReadOnlySequence<byte> buffer, out T answer);

    /// <summary>Bytes are waiting that no command has asked for.</summary>
    public bool HasSurplus
    {
        get
        {
            if (!_arrived.Reader.TryRead(out ReadResult result))
            {
                return false;
            }

            _arrived.Reader.AdvanceTo(result.Buffer.Start, result.Buffer.Start);
            return !result.Buffer.IsEmpty;
        }
    }

    public ValueTask SendAsync(byte[] bytes, CancellationToken cancellationToken) => _connection.Stream.WriteAsync(bytes, cancellationToken);

    /// <summary>Waits for one whole answer. Bytes of an answer that is not whole stay.</summary>
    /// <exception cref="RgaFormatException">What has come cannot be the beginning of such an answer.</exception>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public async Task<T> ReceiveAsync<T>(AnswerReader<T> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await _arrived.Reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = result.Buffer;
            bool whole = false;
            try
            {
                whole = read(ref buffer, out T answer);
                if (whole)
                {
                    return answer;
                }
            }
            finally
            {
                _arrived.Reader.AdvanceTo(buffer.Start, whole ? buffer.Start : result.Buffer.End);
            }

            if (result.IsCompleted)
            {
                throw new TransportException(TransportFault.Lost, _connection.Address, "the other side closed the connection");
            }
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
            using var timeout = new CancellationTokenSource(quiet, wall);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                ReadResult result = await _arrived.Reader.ReadAsync(either.Token);
                discarded += result.Buffer.Length;
                _arrived.Reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    throw new TransportException(TransportFault.Lost, _connection.Address, "the other side closed the connection");
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return discarded;
            }
        }

        return discarded;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _connection.DisposeAsync();
        await _pump;
        await _arrived.Reader.CompleteAsync();
        _closing.Dispose();
    }

    private async Task PumpAsync()
    {
        Exception? ended = null;
        try
        {
            while (true)
            {
                int count = await _connection.Stream.ReadAsync(_arrived.Writer.GetMemory(4096), _closing.Token);
                if (count == 0)
                {
                    break;
                }

                _arrived.Writer.Advance(count);
                await _arrived.Writer.FlushAsync(_closing.Token);
            }
        }
        catch (Exception error) when (error is TransportException or OperationCanceledException)
        {
            ended = error as TransportException;
        }

        await _arrived.Writer.CompleteAsync(ended);
    }
}
