namespace CellLab.Transport.Modbus;

/// <summary>Makes the framer that the settings of a line name.</summary>
internal static partial class ModbusFramers
{
    /// <exception cref="TransportException">BadAddress: this build has no such codec.</exception>
    public static IModbusFramer Create(IConnection connection, ModbusLineSettings settings, TimeProvider wall)
    {
        RtuClearing? clearing = settings.IsRtu(connection.Address) ? RtuClearing.Of(connection, settings, wall) : null;
        if (settings.Codec == ModbusCodec.CellLab)
        {
            return clearing is null ? new TcpFramer(connection) : new RtuFramer(connection, clearing);
        }

        IModbusFramer? named = null;
        CreateNamed(connection, clearing, ref named);
        return named ?? throw new TransportException(
            TransportFault.BadAddress, connection.Address,
            "this build has no NModbus; build it with -p:WithNamedPackages=true, or take the setting modbus away");
    }

    static partial void CreateNamed(IConnection connection, RtuClearing? clearing, ref IModbusFramer? framer);
}
