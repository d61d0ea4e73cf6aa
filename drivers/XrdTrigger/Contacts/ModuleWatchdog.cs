using CellLab.Transport.Modbus;

namespace CellLab.Drivers.XrdTrigger.Contacts;

/// <summary>The module's own watchdog round a pulse: a service that dies with the contact closed does not leave it closed. It runs during
/// pulses only, so that nobody has to feed it in between.</summary>
internal sealed class ModuleWatchdog(IoWatchdog map, TimeSpan time, IModbusMaster module)
{
    private const ushort Expired = 2;
    private const ushort Restart = 1;

    private ushort _feed;

    /// <summary>Stopped, since its time can be set only then; the trigger register alone feeds it.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        await module.WriteRegisterAsync(map.TimeAt, (ushort)Math.Clamp(Math.Round(time.TotalSeconds / map.UnitS), 1, ushort.MaxValue), cancellationToken);
        await module.WriteRegisterAsync(map.MasksAt, 0, cancellationToken);
        await module.WriteRegisterAsync((ushort)(map.MasksAt + 1), 0, cancellationToken);
    }

    /// <summary>A value other than the last one starts it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ushort state = (await module.ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, map.StateAt, 1, cancellationToken))[0];
        if (state == Expired)
        {
            await module.WriteRegisterAsync(map.RestartAt, Restart, cancellationToken);
        }

        _feed = (ushort)(_feed == 1 ? 2 : 1);
        await module.WriteRegisterAsync(map.TriggerAt, _feed, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => module.WriteRegisterAsync(map.StopAt, map.StopValue, cancellationToken);
}
