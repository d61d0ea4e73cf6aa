using CellLab.Transport.Modbus.Slave;
using NModbus;

namespace CellLab.Transport.Modbus.Named;

/// <summary>One function of NModbus's slave, answered by our unit with what the request holds: a point store could not tell function 6 from 16,
/// nor keep a raw function 05 value.</summary>
internal sealed class UnitFunction(byte function, bool rtu) : IModbusFunctionService
{
    /// <summary>So many bytes NModbus reads before it asks how many are still to come.</summary>
    private const int RequestStart = 7;
    private const int ReplyStart = 4;

    public byte FunctionCode => function;

    /// <summary>A factory that knows these functions alone: NModbus's own cannot tell the length of function 23's reply.</summary>
    public static ModbusFactory Factory(bool rtu) => new(
        new byte[] { 1, 2, 3, 4, 5, 6, 15, 16, 23 }.Select(function => new UnitFunction(function, rtu)), includeBuiltIn: false);

    public IModbusMessage CreateRequest(byte[] frame)
    {
        RawMessage request = rtu ? new RawRtuMessage() : new RawMessage();
        request.Initialize(frame);
        return request;
    }

    public IModbusMessage HandleSlaveRequest(IModbusMessage request, ISlaveDataStore dataStore) =>
        new RawMessage(request.SlaveAddress, ModbusAnswers.Answer(((UnitStore)dataStore).Unit, request.ProtocolDataUnit)) { TransactionId = request.TransactionId };

    /// <exception cref="NotSupportedException">Function 23 tells its length later than NModbus asks for it.</exception>
    public int GetRtuRequestBytesToRead(byte[] frameStart) =>
        (RtuFrame.RequestLength(frameStart) ?? throw new NotSupportedException($"function {function} over RTU")) - RequestStart;

    public int GetRtuResponseBytesToRead(byte[] frameStart) =>
        (RtuFrame.ReplyLength(frameStart) ?? throw new NotSupportedException($"function {function} over RTU")) - ReplyStart;
}

/// <summary>Takes a unit of ours through NModbus to the functions.</summary>
internal sealed class UnitStore(IModbusUnit unit) : ISlaveDataStore
{
    public IModbusUnit Unit { get; } = unit;

    public IPointSource<bool> CoilDiscretes => throw NotByPoints();

    public IPointSource<bool> CoilInputs => throw NotByPoints();

    public IPointSource<ushort> HoldingRegisters => throw NotByPoints();

    public IPointSource<ushort> InputRegisters => throw NotByPoints();

    private static NotSupportedException NotByPoints() => new("a unit answers whole requests");
}
