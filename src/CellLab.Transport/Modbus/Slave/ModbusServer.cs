using CellLab.Transport.Listeners;

namespace CellLab.Transport.Modbus.Slave;

/// <summary>Serves every client of a listener with the same units.</summary>
/// <param name="clients">At most so many at a time; further ones are closed at once. Many instruments allow one.</param>
public sealed class ModbusServer(
    IConnectionListener listener,
    ModbusFraming framing,
    Func<byte, IModbusUnit?> units,
    TimeProvider wall,
    IModbusInterference? interference = null,
    int clients = int.MaxValue,
    ModbusCodec codec = ModbusCodec.CellLab)
{
    public Task RunAsync(CancellationToken cancellationToken) => listener.ServeAllAsync(
        (connection, token) => ModbusSlaves.Create(codec, connection, framing, units, wall, interference).RunAsync(token),
        _ => { }, // the next client is served all the same
        cancellationToken,
        clients);
}
