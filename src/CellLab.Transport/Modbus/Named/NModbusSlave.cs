using CellLab.Transport.Modbus.Slave;
using NModbus;

namespace CellLab.Transport.Modbus.Named;

/// <summary>A slave whose frames are read, checked and built by NModbus. The loop is ours: NModbus's own takes the frame that follows a
/// request to a strange unit for that unit's reply, and its TCP network wants the socket.</summary>
internal sealed class NModbusSlave(IConnection connection, bool rtu, Func<byte, IModbusUnit?> units, IModbusInterference? interference) : Slave.IModbusSlave
{
    private readonly ModbusFactory _factory = UnitFunction.Factory(rtu);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var wire = new NModbusWire(connection, tcp: !rtu) { Limit = cancellationToken };
        using IModbusTransport transport = rtu ? _factory.CreateRtuTransport(wire) : _factory.CreateIpTransport(wire);
        using var thread = new BlockingCalls("nmodbus-slave");
        try
        {
            while (await ServeOneAsync(thread, transport, cancellationToken))
            {
                // one request after the other
            }
        }
        catch (TransportException) when (wire.Ended || !rtu)
        {
            // the other side has gone, or what it sends is no Modbus
        }
    }

    private async Task<bool> ServeOneAsync(BlockingCalls thread, IModbusTransport transport, CancellationToken cancellationToken)
    {
        IModbusMessage? request = await thread.RunAsync(() => ReadRequest(transport));
        if (request is null || (Answer(request) is not { } reply))
        {
            return true;
        }

        byte[] frame = transport.BuildMessageFrame(reply);
        ModbusOutcome outcome = interference is null
            ? new ModbusOutcome(frame)
            : await interference.BeforeReplyAsync(request.SlaveAddress, request.ProtocolDataUnit, frame, cancellationToken);
        if (!outcome.Bytes.IsEmpty)
        {
            await connection.Stream.WriteAsync(outcome.Bytes, cancellationToken);
        }

        return !outcome.Cut;
    }

    /// <summary>Null: what came is damaged, or a function nobody knows.</summary>
    private IModbusMessage? ReadRequest(IModbusTransport transport)
    {
        try
        {
            byte[] frame = transport.ReadRequest();
            byte[] message = rtu ? frame : frame[TcpFrame.HeadLength..];
            IModbusMessage request = (_factory.GetFunctionService(message[1]) ?? new UnitFunction(message[1], rtu)).CreateRequest(message);
            request.TransactionId = rtu ? (ushort)0 : TcpFrame.Transaction(frame);
            return rtu && !((IModbusRtuTransport)transport).ChecksumsMatch(request, frame) ? null : request;
        }
        catch (Exception error) when (error is not (TransportException or OperationCanceledException))
        {
            return null; // NModbus tells damage and unknown functions by several kinds of exception
        }
    }

    private IModbusMessage? Answer(IModbusMessage request)
    {
        if (units(request.SlaveAddress) is IModbusUnit unit)
        {
            return Told(request, _factory.CreateSlave(request.SlaveAddress, new UnitStore(unit)).ApplyRequest(request));
        }

        byte[] silent = [(byte)(request.FunctionCode | ModbusReplies.ExceptionBit), (byte)ModbusExceptionCode.GatewayTargetSilent];
        return rtu ? null : Told(request, new RawMessage(request.SlaveAddress, silent));
    }

    private static IModbusMessage Told(IModbusMessage request, IModbusMessage reply)
    {
        reply.TransactionId = request.TransactionId;
        return reply;
    }
}
