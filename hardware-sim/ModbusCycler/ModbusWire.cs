using CellLab.Transport.Listeners;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>One simulated instrument on its own wire: TCP, or RTU on a pseudo-terminal.</summary>
/// <param name="connection">Its <c>connection</c> in a service configuration.</param>
internal sealed class ModbusWire(IConnectionListener listener, byte unit, IModbusInstrumentUnit instrument, object connection, ModbusFaults faults, TimeProvider wall)
    : IAsyncDisposable
{
    public Uri Address => listener.Address;

    public object Connection => connection;

    public IModbusInstrumentUnit Instrument => instrument;

    public Task RunAsync(CancellationToken cancellationToken) =>
        new ModbusServer(listener, ModbusFraming.ByAddress, asked => asked == unit ? faults.Refusing(instrument) : null, wall, faults).RunAsync(cancellationToken);

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
