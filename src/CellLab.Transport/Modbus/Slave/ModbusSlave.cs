namespace CellLab.Transport.Modbus.Slave;

/// <summary>A slave by our own codec.</summary>
/// <param name="units">Null for a unit that is not there: silence on RTU, exception 11 on TCP.</param>
public sealed class ModbusSlave(
    IConnection connection, ModbusFraming framing, Func<byte, IModbusUnit?> units, TimeProvider wall, IModbusInterference? interference = null)
    : IModbusSlave
{
    private readonly bool _rtu = framing == ModbusFraming.Rtu || (framing == ModbusFraming.ByAddress && connection.Address.Scheme == "serial");

    public Task RunAsync(CancellationToken cancellationToken) => _rtu ? RunRtuAsync(cancellationToken) : RunTcpAsync(cancellationToken);

    private async Task RunRtuAsync(CancellationToken cancellationToken)
    {
        var reader = new RtuRequestReader(connection, wall);
        while (await reader.ReadAsync(cancellationToken) is byte[] frame)
        {
            byte[] request = frame[1..^ModbusCrc.Length];
            if (units(frame[0]) is IModbusUnit unit
                && !await SendAsync(frame[0], request, RtuFrame.Encode(frame[0], ModbusAnswers.Answer(unit, request)), cancellationToken))
            {
                return;
            }
        }
    }

    private async Task RunTcpAsync(CancellationToken cancellationToken)
    {
        byte[] head = new byte[TcpFrame.HeadLength];
        while (await connection.Stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) == head.Length
            && TcpFrame.RestLength(head) is int length)
        {
            byte[] rest = new byte[length];
            if (await connection.Stream.ReadAtLeastAsync(rest, length, throwOnEndOfStream: false, cancellationToken) < length)
            {
                return;
            }

            byte[] request = rest[1..];
            byte[] answer = units(rest[0]) is IModbusUnit unit
                ? ModbusAnswers.Answer(unit, request)
                : [(byte)(request[0] | ModbusReplies.ExceptionBit), (byte)ModbusExceptionCode.GatewayTargetSilent];
            if (!await SendAsync(rest[0], request, TcpFrame.Encode(TcpFrame.Transaction(head), rest[0], answer), cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<bool> SendAsync(byte unit, byte[] request, byte[] reply, CancellationToken cancellationToken)
    {
        ModbusOutcome outcome = interference is null
            ? new ModbusOutcome(reply)
            : await interference.BeforeReplyAsync(unit, request, reply, cancellationToken);
        if (!outcome.Bytes.IsEmpty)
        {
            await connection.Stream.WriteAsync(outcome.Bytes, cancellationToken);
        }

        return !outcome.Cut;
    }
}
