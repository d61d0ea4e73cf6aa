namespace CellLab.Transport.Modbus;

internal static partial class ModbusFramers
{
    static partial void CreateNamed(IConnection connection, RtuClearing? clearing, ref IModbusFramer? framer) =>
        framer = new Named.NModbusFramer(connection, clearing);
}
