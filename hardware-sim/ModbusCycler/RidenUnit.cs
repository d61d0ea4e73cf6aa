using CellLab.Transport.Modbus;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>Riden RD6006P, a supply: registers as libsigrok and Baldanos/rd6006 use them; volts x 1000, amperes x 10000. It cannot sink.
/// Functions 3, 6 and 16.</summary>
internal sealed class RidenUnit : IModbusInstrumentUnit
{
    private const ushort MostVolts = 60000;
    private const ushort MostAmperes = 60000;
    private readonly WiredCell _cell;
    private readonly OutputStage _stage;
    private readonly ushort[] _registers = new ushort[120];

    public RidenUnit(WiredCell cell, OutputStage stage, uint serial)
    {
        (_cell, _stage) = (cell, stage);
        (_registers[0], _registers[1], _registers[2], _registers[3]) = (60065, (ushort)(serial >> 16), (ushort)serial, 136);
        (_registers[5], _registers[14]) = (27, 6500);
        (_registers[82], _registers[83]) = (MostVolts, MostAmperes);
        cell.Advanced += Protect;
    }

    private bool On => _registers[18] != 0;

    public void Trip() => _cell.Act(() =>
    {
        if (On)
        {
            Open(protection: 2);
        }

        return true;
    });

    public void Acknowledge() => _cell.Act(() =>
    {
        _registers[16] = 0;
        return true;
    });

    public void ReadHoldingRegisters(ushort address, Span<ushort> values)
    {
        ushort[] read = new ushort[values.Length];
        _cell.Act(() =>
        {
            Refresh();
            Check(address, read.Length);
            _registers.AsSpan(address, read.Length).CopyTo(read);
            if (address <= 10 && address + read.Length > 10)
            {
                _cell.Polled();
            }

            return true;
        });
        read.CopyTo(values);
    }

    public void WriteRegister(ushort address, ushort value) => _cell.Act(() =>
    {
        Write(address, value);
        Regulate();
        return true;
    });

    public void WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        ushort[] written = values.ToArray();
        _cell.Act(() =>
        {
            for (int i = 0; i < written.Length; i++)
            {
                Write(address + i, written[i]);
            }

            Regulate();
            return true;
        });
    }

    private void Write(int address, ushort value)
    {
        Check(address, 1);
        ushort most = address switch { 8 or 82 => MostVolts, 9 or 83 => MostAmperes, 15 or 18 => 1, _ => ushort.MaxValue };
        if (value > most)
        {
            throw new ModbusRefusedException(ModbusExceptionCode.IllegalValue);
        }

        if (address is 8 or 9 or 15 or 18 or 19 or 82 or 83 or >= 84)
        {
            _registers[address] = value;
        }

        if (address == 18 && value == 1)
        {
            _registers[16] = 0;
        }
    }

    private void Refresh()
    {
        double volts = Math.Max(0, _stage.ReadVolts());
        double amperes = Math.Max(0, _stage.ReadMilliamperes() * 1e-3);
        _registers[10] = (ushort)Math.Round(volts * 1e3);
        _registers[11] = (ushort)Math.Round(amperes * 1e4);
        _registers[13] = (ushort)Math.Round(volts * amperes * 100);
        _registers[17] = (ushort)(On && !_stage.AtVoltage ? 1 : 0);
    }

    private void Regulate() => _stage.Set(On, _registers[8] * 1e-3, 0, _registers[9] * 0.1);

    /// <summary>Over voltage 1, over current 2: the output goes off and stays off.</summary>
    private void Protect()
    {
        if (On && _cell.Volts > _registers[82] * 1e-3)
        {
            Open(protection: 1);
        }
        else if (On && _stage.TrueMilliamperes > _registers[83] * 0.1)
        {
            Open(protection: 2);
        }
    }

    private void Open(ushort protection)
    {
        (_registers[16], _registers[18]) = (protection, 0);
        Regulate();
    }

    private void Check(int address, int count)
    {
        if (address + count > _registers.Length)
        {
            throw new ModbusRefusedException(ModbusExceptionCode.IllegalAddress);
        }
    }
}
