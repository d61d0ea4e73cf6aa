using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Gas;
using CellLab.HardwareSim.Time;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.HardwareSim.GasPanel;

/// <summary>An output module of eight coils whose first three turn the valves.</summary>
internal sealed class PanelUnit(GasPath path, BenchClock clock, FaultBoard faults, string deviceId) : IModbusUnit
{
    private const int Coils = 8;
    private const ushort On = 0xFF00;
    private const ushort Off = 0x0000;

    private readonly Lock _gate = new();
    private readonly bool[] _coils = new bool[Coils];

    public void ReadCoils(ushort address, Span<bool> values)
    {
        Require(address + values.Length <= Coils);
        lock (_gate)
        {
            _coils.AsSpan(address, values.Length).CopyTo(values);
        }
    }

    public void WriteCoil(ushort address, ushort rawValue)
    {
        Require(address < Coils);
        if (rawValue is not (On or Off))
        {
            throw new ModbusRefusedException(ModbusExceptionCode.IllegalValue);
        }

        Write(address, [rawValue == On]);
    }

    public void WriteCoils(ushort address, ReadOnlySpan<bool> values)
    {
        Require(address + values.Length <= Coils);
        Write(address, values);
    }

    private void Write(ushort address, ReadOnlySpan<bool> values)
    {
        lock (_gate)
        {
            if (faults.IsOn(FaultNames.StuckValve, deviceId))
            {
                return;
            }

            values.CopyTo(_coils.AsSpan(address));
            path.Switch(clock.SecondsNow, Route);
        }
    }

    /// <summary>Bypass wins over what else is open: most of the carrier takes the short way.</summary>
    private GasRoute Route => (_coils[0], _coils[1], _coils[2]) switch
    {
        (_, true, _) => GasRoute.Bypass,
        (true, false, true) => GasRoute.BottleThroughCell,
        (false, false, true) => GasRoute.Bottle,
        _ => GasRoute.Cell,
    };

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new ModbusRefusedException(ModbusExceptionCode.IllegalAddress);
        }
    }
}
