namespace CellLab.Transport.Modbus.Slave;

public static partial class ModbusSlaves
{
    static partial void CreateNamed(
        IConnection connection, bool rtu, Func<byte, IModbusUnit?> units, IModbusInterference? interference, ref IModbusSlave? slave) =>
        slave = new Named.NModbusSlave(connection, rtu, units, interference);
}
