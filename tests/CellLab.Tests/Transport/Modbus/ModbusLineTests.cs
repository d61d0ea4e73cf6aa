namespace CellLab.Tests.Transport.Modbus;

public sealed class ModbusLineTests : ModbusLineConformance;
