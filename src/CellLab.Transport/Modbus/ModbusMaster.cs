namespace CellLab.Transport.Modbus;

/// <summary>One unit on a line.</summary>
/// <param name="urgent">Requests go before those that wait: for switching off.</param>
public sealed class ModbusMaster(ModbusLine line, byte unit, bool urgent = false) : IModbusMaster
{
    public async Task<bool[]> ReadBitsAsync(ModbusFunction function, ushort address, int count, CancellationToken cancellationToken)
    {
        Require(function is ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs, function);
        byte[] reply = await AskAsync(ModbusRequests.Read(function, address, count), cancellationToken);
        return ModbusData.Unpack(reply.AsSpan(2), count);
    }

    public async Task<ushort[]> ReadRegistersAsync(ModbusFunction function, ushort address, int count, CancellationToken cancellationToken)
    {
        Require(function is ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters, function);
        byte[] reply = await AskAsync(ModbusRequests.Read(function, address, count), cancellationToken);
        return ModbusData.Registers(reply.AsSpan(2));
    }

    public Task WriteCoilAsync(ushort address, ushort rawValue, CancellationToken cancellationToken) =>
        AskAsync(ModbusRequests.WriteCoil(address, rawValue), cancellationToken);

    public Task WriteRegisterAsync(ushort address, ushort value, CancellationToken cancellationToken) =>
        AskAsync(ModbusRequests.WriteRegister(address, value), cancellationToken);

    public Task WriteCoilsAsync(ushort address, IReadOnlyList<bool> values, CancellationToken cancellationToken) =>
        AskAsync(ModbusRequests.WriteCoils(address, [.. values]), cancellationToken);

    public Task WriteRegistersAsync(ushort address, IReadOnlyList<ushort> values, CancellationToken cancellationToken) =>
        AskAsync(ModbusRequests.WriteRegisters(address, [.. values]), cancellationToken);

    public async Task<ushort[]> ReadWriteRegistersAsync(
        ushort readAddress, int readCount, ushort writeAddress, IReadOnlyList<ushort> values, CancellationToken cancellationToken)
    {
        byte[] request = ModbusRequests.ReadWriteRegisters(readAddress, readCount, writeAddress, [.. values]);
        return ModbusData.Registers((await AskAsync(request, cancellationToken)).AsSpan(2));
    }

    private async Task<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken)
    {
        byte[] reply = await line.ExchangeAsync(unit, request, urgent, cancellationToken);
        ModbusReplies.ThrowIfRefused(reply, $"{line.Address} unit {unit} function {request[0]} address {(request[1] << 8) | request[2]}");
        return reply;
    }

    private static void Require(bool fits, ModbusFunction function)
    {
        if (!fits)
        {
            throw new ArgumentOutOfRangeException(nameof(function), function, "not a function that reads this");
        }
    }
}
