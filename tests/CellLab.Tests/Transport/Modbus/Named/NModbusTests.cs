using CellLab.Transport.Modbus;

namespace CellLab.Tests.Transport.Modbus.Named;

public sealed class NModbusMasterTests : ModbusLineConformance
{
    protected override ModbusCodec Master => ModbusCodec.NModbus;
}

public sealed class NModbusSlaveTests : ModbusLineConformance
{
    protected override ModbusCodec Slave => ModbusCodec.NModbus;

    protected override bool SlaveExchangesRegistersOverRtu => false;
}

public sealed class NModbusDamageTests : ModbusDamageConformance
{
    protected override ModbusCodec Codec => ModbusCodec.NModbus;
}
