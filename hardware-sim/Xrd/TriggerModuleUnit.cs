using CellLab.HardwareSim.Control;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.HardwareSim.Xrd;

/// <summary>An output module whose first output goes to the diffractometer's trigger input; its first input is READY, its second BUSY.</summary>
internal sealed class TriggerModuleUnit(ModuleLayout layout, Diffractometer diffractometer, FaultBoard faults, string deviceId, TimeProvider wall) : IModbusUnit
{
    private const ushort On = 0xFF00;
    private const ushort Off = 0x0000;
    private const ushort Toggle = 0x5500;

    private readonly Lock _gate = new();
    private readonly bool[] _outputs = new bool[layout.Outputs];
    private readonly CouplerWatchdog? _watchdog = layout.Watchdog ? new CouplerWatchdog(wall) : null;
    private (long Since, TimeSpan Length)? _timed;

    public void ReadCoils(ushort address, Span<bool> values)
    {
        int first = address - layout.ReadAt;
        Require(first >= 0 && first + values.Length <= layout.Outputs);
        lock (_gate)
        {
            Settle_NeedsGate();
            _outputs.AsSpan(first, values.Length).CopyTo(values);
        }
    }

    public void ReadDiscreteInputs(ushort address, Span<bool> values)
    {
        Require(address + values.Length <= layout.Inputs);
        DiffractometerSigns signs = diffractometer.Show();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (address + i) switch { 0 => signs.Ready, 1 => signs.Busy, _ => false };
        }
    }

    public void ReadHoldingRegisters(ushort address, Span<ushort> values)
    {
        lock (_gate)
        {
            for (int i = 0; i < values.Length; i++)
            {
                ushort at = (ushort)(address + i);
                bool isMode = layout.ModesAt is int modes && at >= modes && at < modes + layout.Outputs;
                values[i] = isMode ? (ushort)0 : _watchdog?.Read(at) ?? throw new ModbusRefusedException(ModbusExceptionCode.IllegalAddress);
            }
        }
    }

    public void WriteRegister(ushort address, ushort value)
    {
        lock (_gate)
        {
            Require(_watchdog?.Write(address, value) == true);
        }
    }

    public void WriteCoil(ushort address, ushort rawValue)
    {
        if (layout.TimedAt is int timed && address >= timed && address < timed + layout.Outputs)
        {
            Close(address - timed, TimeSpan.FromSeconds(rawValue / 10.0));
            return;
        }

        int output = address - layout.WriteAt;
        Require(output >= 0 && output < layout.Outputs);
        switch (rawValue)
        {
            case On:
                Close(output, null);
                break;
            case Off:
                Open(output);
                break;
            case Toggle when layout.TimedAt is not null && _outputs[output]:
                Open(output);
                break;
            case Toggle when layout.TimedAt is not null:
                Close(output, null);
                break;
            default:
                throw new ModbusRefusedException(ModbusExceptionCode.IllegalValue);
        }
    }

    public void WriteCoils(ushort address, ReadOnlySpan<bool> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            WriteCoil((ushort)(address + i), values[i] ? On : Off);
        }
    }

    /// <summary>The diffractometer takes the rising edge.</summary>
    private void Close(int output, TimeSpan? length)
    {
        bool rises;
        lock (_gate)
        {
            Settle_NeedsGate();
            if (faults.IsOn(FaultNames.StuckContact, deviceId))
            {
                return;
            }

            rises = output == 0 && !_outputs[0];
            _outputs[output] = true;
            _timed = output == 0 ? (length is TimeSpan time ? (wall.GetTimestamp(), time) : null) : _timed;
        }

        if (rises)
        {
            diffractometer.Trigger(null);
        }
    }

    private void Open(int output)
    {
        lock (_gate)
        {
            if (!faults.IsOn(FaultNames.StuckContact, deviceId))
            {
                _outputs[output] = false;
            }
        }
    }

    private void Settle_NeedsGate()
    {
        if (_timed is { } timed && wall.GetElapsedTime(timed.Since) >= timed.Length)
        {
            (_timed, _outputs[0]) = (null, false);
        }

        if (_watchdog?.Expired == true)
        {
            Array.Clear(_outputs);
        }
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new ModbusRefusedException(ModbusExceptionCode.IllegalAddress);
        }
    }
}
