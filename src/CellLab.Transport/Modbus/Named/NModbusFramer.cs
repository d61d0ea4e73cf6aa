using NModbus;

namespace CellLab.Transport.Modbus.Named;

/// <summary>One exchange by NModbus: it builds the frame, cuts the reply out of the stream and checks it. Its own retries are off, because
/// they would multiply with ours.</summary>
internal sealed class NModbusFramer : IModbusFramer, IDisposable
{
    private readonly IConnection _connection;
    private readonly RtuClearing? _clearing;
    private readonly NModbusWire _wire;
    private readonly IModbusTransport _transport;
    private readonly BlockingCalls _thread = new("nmodbus");

    /// <param name="clearing">Null for TCP frames.</param>
    public NModbusFramer(IConnection connection, RtuClearing? clearing)
    {
        _connection = connection;
        _clearing = clearing;
        _wire = new NModbusWire(connection, tcp: clearing is null);
        ModbusFactory factory = UnitFunction.Factory(rtu: clearing is not null);
        _transport = clearing is null ? new OwnReplyTransport(_wire, factory) : factory.CreateRtuTransport(_wire);
        _transport.Retries = 0;
        _transport.WaitToRetryMilliseconds = 0;
        _transport.SlaveBusyUsesRetryCount = true;
    }

    public bool IsOutOfStep => _wire.InsideFrame;

    public TimeSpan TimeToClear => _clearing?.TimeToClear ?? TimeSpan.Zero;

    public ReadOnlySpan<byte> LastSeen => _wire.Seen;

    public async Task<byte[]> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        _wire.Forget();
        if (_clearing is not null)
        {
            await _clearing.BeginAsync(cancellationToken);
        }

        byte[] reply = await _thread.RunAsync(() => Exchange(new RawMessage(unit, request.Span), cancellationToken));
        string? problem = ModbusReplies.Problem(request.Span, reply);
        if (problem is not null)
        {
            throw Garbled(problem, null);
        }

        _clearing?.NoteReply();
        return reply;
    }

    public void Dispose() => _thread.Dispose();

    private byte[] Exchange(RawMessage request, CancellationToken cancellationToken)
    {
        _wire.Limit = cancellationToken;
        try
        {
            RawMessage reply = _clearing is null ? _transport.UnicastMessage<RawMessage>(request) : _transport.UnicastMessage<RawRtuMessage>(request);
            return reply.ProtocolDataUnit;
        }
        catch (SlaveException refusal) when (refusal.SlaveAddress == request.SlaveAddress)
        {
            return [refusal.FunctionCode, refusal.SlaveExceptionCode];
        }
        catch (Exception error) when (error is not (TransportException or OperationCanceledException))
        {
            throw Garbled(error.Message.Split('\n')[0].Trim(), error); // NModbus tells damage by several kinds of exception
        }
        finally
        {
            _clearing?.NoteBytes();
        }
    }

    private TransportException Garbled(string problem, Exception? error)
    {
        _clearing?.NoteDamage();
        return new TransportException(TransportFault.Garbled, _connection.Address, $"{problem}: {Convert.ToHexString(LastSeen)}", error);
    }
}
