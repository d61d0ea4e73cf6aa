namespace CellLab.Tests.Transport.Modbus;

public sealed class ModbusDamageTests : ModbusDamageConformance;
