using System.Globalization;
using CellLab.Transport;
using CellLab.Transport.Text;

namespace CellLab.Drivers.XrdTrigger.Helper;

/// <summary>One connection to a helper: an answer is known by its <c>seq</c>, so a late one is never taken for another. Events are handed on as they come.</summary>
internal sealed class HelperLink : IAsyncDisposable
{
    /// <summary>A helper says something every 5 s; silence for so long (wall time) is a dead link.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private readonly IConnection _connection;
    private readonly TimeProvider _wall;
    private readonly TimeSpan _replyTimeout;
    private readonly Action<HelperMessage> _onEvent;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Task _pump;
    private int _sequence;
    private (string Sequence, TaskCompletionSource<HelperMessage> Answer)? _asked;
    private volatile TransportException? _ended;
    private long _heard;

    public HelperLink(IConnection connection, TimeSpan replyTimeout, Action<HelperMessage> onEvent, TimeProvider wall)
    {
        (_connection, _replyTimeout, _onEvent, _wall) = (connection, replyTimeout, onEvent, wall);
        _heard = wall.GetTimestamp();
        _pump = PumpAsync();
    }

    /// <summary>OK and ERR answers alike.</summary>
    /// <exception cref="TransportException">No answer, a broken line, or the connection is gone.</exception>
    public async Task<HelperMessage> AskAsync(string word, (string Key, string Value)[] fields, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            ThrowIfDead();
            string sequence = (++_sequence).ToString(CultureInfo.InvariantCulture);
            var answer = new TaskCompletionSource<HelperMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked = (sequence, answer);
            await _connection.Stream.WriteAsync(HelperCodec.Encode(word, [("seq", sequence), .. fields]), cancellationToken);
            ThrowIfDead(); // the end may have come before there was somebody to tell it to

            return await answer.Task.WaitAsync(_replyTimeout, _wall, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TransportException(TransportFault.TimedOut, _connection.Address, $"the helper did not answer {word} within {_replyTimeout.TotalSeconds:0.###} s");
        }
        finally
        {
            _asked = null;
            _sending.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _connection.DisposeAsync();
        await _pump;
        _closing.Dispose();
        _sending.Dispose();
    }

    private void ThrowIfDead()
    {
        if (_ended is TransportException ended)
        {
            throw new TransportException(ended.Fault, ended.Address, ended.Message, ended);
        }

        if (_wall.GetElapsedTime(Volatile.Read(ref _heard)) > LongestSilence)
        {
            throw new TransportException(TransportFault.TimedOut, _connection.Address, $"nothing was heard of the helper for {LongestSilence.TotalSeconds:0} s; connect again");
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            var lines = new LineReader(_connection, "\n"u8.ToArray(), HelperCodec.LongestLine + 1);
            while (await lines.ReadAsync(_closing.Token) is ReadOnlyMemory<byte> line)
            {
                Volatile.Write(ref _heard, _wall.GetTimestamp());
                Take(HelperCodec.Decode(line.Span));
            }

            End(new TransportException(TransportFault.Lost, _connection.Address, "the helper closed the connection"));
        }
        catch (TransportException error)
        {
            End(error);
        }
        catch (HelperFormatException error)
        {
            End(new TransportException(TransportFault.Garbled, _connection.Address, $"the helper sent what is no line of the protocol: {error.Message}", error));
        }
        catch (OperationCanceledException)
        {
            End(new TransportException(TransportFault.Lost, _connection.Address, "the connection was closed"));
        }
    }

    private void Take(HelperMessage message)
    {
        if (message.Word == "EVENT")
        {
            _onEvent(message);
        }
        else if (message.Word is "OK" or "ERR" && _asked is { } asked && asked.Sequence == message["seq"])
        {
            asked.Answer.TrySetResult(message);
        }
    }

    private void End(TransportException error)
    {
        _ended = error;
        _asked?.Answer.TrySetException(error);
    }
}
