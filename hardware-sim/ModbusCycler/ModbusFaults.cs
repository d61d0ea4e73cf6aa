using CellLab.HardwareSim.Control;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>The wire faults of a Modbus instrument: late, silent, damaged, refused, cut. The request has been carried out by then, except when it
/// is refused.</summary>
internal sealed class ModbusFaults(FaultBoard board, string device, TimeProvider wall) : IModbusInterference
{
    public async ValueTask<ModbusOutcome> BeforeReplyAsync(
        byte unit, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> reply, CancellationToken cancellationToken)
    {
        byte function = request.Span[0];
        if (Find(FaultNames.Delay, function) is ActiveFault delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay.Number("ms", 1000)), wall, cancellationToken);
        }

        if (Find(FaultNames.NeverAnswer, function) is not null)
        {
            return default;
        }

        if (Find(FaultNames.Garbage, function) is not null)
        {
            return new ModbusOutcome(new byte[] { 0xFF, 0x00, 0x55, 0xAA, 0x00, 0x13, 0x37, 0x42, 0x00 });
        }

        return Find(FaultNames.CutMidReply, function) is ActiveFault cut
            ? new ModbusOutcome(reply[..(int)Math.Min(reply.Length, cut.Number("bytes", reply.Length / 2))], Cut: true)
            : new ModbusOutcome(reply);
    }

    /// <summary>Answers requests with an exception while the fault is on.</summary>
    public IModbusUnit Refusing(IModbusUnit unit) => board.Find(FaultNames.ModbusException, device) is ActiveFault fault && fault.Use()
        ? new RefusingUnit((ModbusExceptionCode)(byte)fault.Number("code", 4))
        : unit;

    private ActiveFault? Find(string name, byte function) =>
        board.Find(name, device) is ActiveFault fault
        && (fault.Text("command") ?? $"{function}") == $"{function}"
        && fault.Use() ? fault : null;

    private sealed class RefusingUnit(ModbusExceptionCode code) : IModbusUnit
    {
        public bool ReadsAndWritesAtOnce => true;

        public void ReadCoils(ushort address, Span<bool> values) => throw Refusal();

        public void ReadDiscreteInputs(ushort address, Span<bool> values) => throw Refusal();

        public void ReadHoldingRegisters(ushort address, Span<ushort> values) => throw Refusal();

        public void ReadInputRegisters(ushort address, Span<ushort> values) => throw Refusal();

        public void WriteCoil(ushort address, ushort rawValue) => throw Refusal();

        public void WriteRegister(ushort address, ushort value) => throw Refusal();

        public void WriteCoils(ushort address, ReadOnlySpan<bool> values) => throw Refusal();

        public void WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => throw Refusal();

        private ModbusRefusedException Refusal() => new(code);
    }
}
