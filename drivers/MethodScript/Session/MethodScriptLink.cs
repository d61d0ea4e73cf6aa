using System.Text;
using System.Threading.Channels;
using CellLab.Core.Devices;
using CellLab.Drivers.MethodScript.Wire;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.MethodScript.Session;

/// <summary>One open connection: a reader that hands each line to the running script or to whoever awaits a reply. Writing goes apart, so that an
/// abort can go out at any time.</summary>
internal sealed class MethodScriptLink : IAsyncDisposable
{
    private readonly DeviceId _device;
    private readonly IConnection _connection;
    private readonly ILogger _logger;
    private readonly Channel<OutputLine> _replies = Channel.CreateUnbounded<OutputLine>();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;
    private ScriptListener? _script;

    public MethodScriptLink(DeviceId device, IConnection connection, ILogger logger)
    {
        _device = device;
        _connection = connection;
        _logger = logger;
        _reading = ReadAsync(_closing.Token);
    }

    /// <summary>Why nothing more will come; null while the connection is good.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>Lines of output go here until its script has ended.</summary>
    public void Hear(ScriptListener script) => Volatile.Write(ref _script, script);

    public ScriptListener? Script => Volatile.Read(ref _script) is { Ending: ScriptEnding.Running } running ? running : null;

    public void ForgetReplies()
    {
        while (_replies.Reader.TryRead(out _))
        {
            // a late answer to something that nobody awaits any more
        }
    }

    /// <summary>Not cancelled half-way: half a line would join with the next one.</summary>
    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _connection.Stream.WriteAsync(Encoding.ASCII.GetBytes(text), _closing.Token);
    }

    /// <exception cref="TransportException">The connection is gone.</exception>
    /// <exception cref="MethodScriptFormatException">A damaged line came.</exception>
    public async Task<OutputLine> ReadReplyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _replies.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw Broken switch
            {
                MethodScriptFormatException damaged => damaged,
                { } lost => new TransportException(TransportFault.Lost, _connection.Address, lost.Message, lost),
                null => new TransportException(TransportFault.Lost, _connection.Address, "the connection was closed"),
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _connection.DisposeAsync();
        await _reading;
        _closing.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadLinesAsync(cancellationToken);
            Broken = new TransportException(TransportFault.Lost, _connection.Address, "the instrument closed the connection");
        }
        catch (OperationCanceledException closed)
        {
            Broken = closed;
        }
        catch (Exception error) when (error is IOException or MethodScriptFormatException)
        {
            Broken = error;
            Log.BrokenLine(_logger, _device, error.Message);
        }

        _replies.Writer.TryComplete();
        Volatile.Read(ref _script)?.Lose($"the connection ended: {Broken.Message}");
    }

    private async Task ReadLinesAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4 * MethodScriptCodec.LongestLine];
        int filled = 0;
        int count;
        while ((count = await _connection.Stream.ReadAsync(buffer.AsMemory(filled), cancellationToken)) > 0)
        {
            filled += count;
            int used = TakeLines(buffer.AsSpan(0, filled));
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }
    }

    private int TakeLines(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.Length;
        while (MethodScriptCodec.TryTakeLine(ref bytes, out string line))
        {
            Dispatch(MethodScriptCodec.Read(line));
        }

        return length - bytes.Length;
    }

    private void Dispatch(OutputLine line)
    {
        if (line is UnknownLine unknown)
        {
            Log.Skipped(_logger, _device, unknown.Text);
        }
        else if (Script is not { } script || !script.Accept(line))
        {
            _replies.Writer.TryWrite(line);
        }
    }
}
