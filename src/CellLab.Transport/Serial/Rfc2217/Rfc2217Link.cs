using System.Text;
using System.Threading.Channels;

namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>One telnet connection to a device server: a reader that keeps data, line states and answers apart, and questions that wait for theirs.
/// A server answers in the order it was asked in, so a late answer goes to the question that nobody waits for any more.</summary>
internal sealed class Rfc2217Link : IAsyncDisposable
{
    /// <summary>A line that nobody reads loses what is old, as a serial port does.</summary>
    private const int MostPieces = 1024;

    private const int MostOfAText = 80;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly Uri _address;
    private readonly IConnection _connection;
    private readonly TimeProvider _wall;
    private readonly Channel<byte[]> _data = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostPieces) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly TaskCompletionSource<bool> _agreed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TelnetOptions _options = new();
    private readonly TelnetReader _reader = new();
    private readonly Lock _gate = new();
    private readonly List<Rfc2217Question> _questions = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;
    private volatile Ending? _ended;
    private volatile byte _modemState;

    public Rfc2217Link(Uri address, IConnection connection, TimeProvider wall)
    {
        (_address, _connection, _wall) = (address, connection, wall);
        _reading = ReadAsync();
    }

    /// <summary>Pieces of data; ends with a <see cref="TransportException"/>.</summary>
    public ChannelReader<byte[]> Data => _data.Reader;

    /// <summary>As the server told last; 0 before.</summary>
    public byte ModemState => _modemState;

    /// <exception cref="TransportException">BadAddress: no server of this kind. TimedOut, Lost.</exception>
    public async Task AgreeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(TelnetOptions.Opening, cancellationToken);
        }
        catch (TransportException)
        {
            // the reader knows better: a server that is in use says so and closes
        }

        if (!await WaitAsync(_agreed.Task, "the offer to control its port", cancellationToken))
        {
            throw new TransportException(TransportFault.BadAddress, _address, "the server speaks telnet but does not let its port be controlled (RFC 2217); switch that on there");
        }
    }

    /// <param name="fits">Whether an answer of this kind can be that to this question.</param>
    /// <exception cref="TransportException">TimedOut (the connection is given up), Garbled, Lost.</exception>
    public async Task<byte[]> AskAsync(byte command, byte[] value, Func<byte[], bool> fits, CancellationToken cancellationToken)
    {
        Rfc2217Question question = await BeginAsync(command, value, fits, cancellationToken);
        return await WaitAsync(question.Answer.Task, $"command {command} {Convert.ToHexString(value)}", cancellationToken);
    }

    /// <summary>Asks and does not wait.</summary>
    public async Task<Rfc2217Question> BeginAsync(byte command, byte[] value, Func<byte[], bool> fits, CancellationToken cancellationToken)
    {
        var question = new Rfc2217Question(command, fits);
        lock (_gate)
        {
            _questions.Add(question);
        }

        await SendAsync(Telnet.Message(ComPort.Option, [command, .. value]), cancellationToken);
        return question;
    }

    /// <summary>No answer to this will come.</summary>
    public void Forget(Rfc2217Question question)
    {
        lock (_gate)
        {
            _questions.Remove(question);
        }
    }

    /// <summary>Not called off half-way: the rest of a message would be taken for data.</summary>
    public async Task SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        ThrowIfEnded();
        await _writing.WaitAsync(cancellationToken);
        try
        {
            ThrowIfEnded();
            await _connection.Stream.WriteAsync(bytes, _closing.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            ThrowIfEnded();
            throw new TransportException(TransportFault.Lost, _address, "the connection was closed");
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <exception cref="TransportException">Why nothing more will come.</exception>
    public void ThrowIfEnded()
    {
        if (_ended is { } ended)
        {
            throw new TransportException(ended.Fault, _address, ended.Message, ended.Cause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        End(new Ending(TransportFault.Lost, "the connection was closed"));
        await _connection.DisposeAsync();
        await _reading;
        _closing.Dispose();
        _writing.Dispose();
    }

    private async Task<T> WaitAsync<T>(Task<T> answer, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(s_limit, _wall, cancellationToken);
        }
        catch (TimeoutException)
        {
            End(new Ending(TransportFault.TimedOut, $"the device server did not answer {what} within {s_limit.TotalSeconds:0} s"));
            ThrowIfEnded();
            throw;
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await _connection.Stream.ReadAsync(buffer, _closing.Token)) > 0)
            {
                await TakeAsync(buffer.AsMemory(0, count));
            }

            End(new Ending(TransportFault.Lost, $"the device server closed the connection{Said()}"));
        }
        catch (TransportException error)
        {
            End(new Ending(error.Fault, error.Message, error));
        }
        catch (TelnetFormatException error)
        {
            End(new Ending(TransportFault.Garbled, $"what came is not telnet: {error.Message}", error));
        }
        catch (OperationCanceledException)
        {
            // ended from this side
        }
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> received)
    {
        List<byte> data = [];
        List<TelnetSign> signs = [];
        _reader.Take(received.Span, data, signs);
        if (data.Count > 0)
        {
            _data.Writer.TryWrite([.. data]);
        }

        foreach (TelnetSign sign in signs)
        {
            if (sign is { Verb: Telnet.Subnegotiation, Option: ComPort.Option, Content.Length: > 0 })
            {
                Take(sign.Content[0], sign.Content[1..]);
            }
            else if (sign.Verb != Telnet.Subnegotiation && _options.Reply(sign) is { } reply)
            {
                await SendAsync(reply, CancellationToken.None);
            }
        }

        if (_options.Agreed is { } agreed)
        {
            _agreed.TrySetResult(agreed);
        }
    }

    /// <summary>Answers to nothing that was asked are left alone: line states, a signature, flow control.</summary>
    private void Take(byte code, byte[] value)
    {
        if (code == ComPort.ModemState && value.Length > 0)
        {
            _modemState = value[0];
            return;
        }

        Rfc2217Question? asked = null;
        lock (_gate)
        {
            int index = _questions.FindIndex(question => question.Command + ComPort.Answer == code && question.Fits(value));
            if (index >= 0)
            {
                asked = _questions[index];
                _questions.RemoveAt(index);
            }
        }

        asked?.Answer.TrySetResult(value);
    }

    private void End(Ending ending)
    {
        var error = new TransportException(ending.Fault, _address, ending.Message, ending.Cause);
        lock (_gate)
        {
            if (_ended is not null)
            {
                return;
            }

            _ended = ending;
        }

        _closing.Cancel();
        _data.Writer.TryComplete(error);
        _agreed.TrySetException(error);
        lock (_gate)
        {
            _questions.ForEach(question => question.Answer.TrySetException(error));
        }

        _ = _agreed.Task.Exception; // told or not, it is seen
    }

    /// <summary>A server that is in use says so in plain text before it closes.</summary>
    private string Said()
    {
        bool begun = _agreed.Task.IsCompleted;
        string text = begun || !_data.Reader.TryRead(out byte[]? first) ? "" : Encoding.Latin1.GetString(first).Trim();
        string plain = string.Concat(text.Where(sign => sign is >= ' ' and <= '~').Take(MostOfAText));
        return plain.Length == 0 ? "" : $": \"{plain}\"";
    }

    /// <summary>Why nothing more will come.</summary>
    private sealed record Ending(TransportFault Fault, string Message, Exception? Cause = null);
}
