namespace CellLab.Transport.Modbus.Slave;

/// <summary>Makes the slave of a codec.</summary>
public static partial class ModbusSlaves
{
    /// <param name="units">Null for a unit that is not there: silence on RTU, exception 11 on TCP.</param>
    /// <exception cref="TransportException">BadAddress: this build has no such codec.</exception>
    public static IModbusSlave Create(
        ModbusCodec codec, IConnection connection, ModbusFraming framing, Func<byte, IModbusUnit?> units, TimeProvider wall,
        IModbusInterference? interference = null)
    {
        if (codec == ModbusCodec.CellLab)
        {
            return new ModbusSlave(connection, framing, units, wall, interference);
        }

        IModbusSlave? named = null;
        CreateNamed(connection, new ModbusLineSettings { Framing = framing }.IsRtu(connection.Address), units, interference, ref named);
        return named ?? throw new TransportException(
            TransportFault.BadAddress, connection.Address, "this build has no NModbus; build it with -p:WithNamedPackages=true");
    }

    static partial void CreateNamed(
        IConnection connection, bool rtu, Func<byte, IModbusUnit?> units, IModbusInterference? interference, ref IModbusSlave? slave);
}
