using CellLab.Transport.Modbus;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>Maynuo M97 electronic load: coils and float registers as libsigrok's driver uses them. Functions 1, 3, 5 and 16, no 6. Commands
/// without PC control are refused (assumed: exception 4).</summary>
internal sealed class MaynuoUnit : IModbusInstrumentUnit
{
    private const int Command = 0x0A00;
    private const int Measured = 0x0B00;
    private const ushort ConstantCurrent = 1;
    private const ushort ConstantVoltage = 2;
    private const ushort InputOn = 42;
    private const ushort InputOff = 43;

    /// <summary>A load draws nothing from an empty cell.</summary>
    private const double LowestVolts = 0.1;
    private readonly WiredCell _cell;
    private readonly OutputStage _stage;
    private readonly Dictionary<int, ushort> _settings = [];
    private readonly double _mostAmperes;
    private ushort _mode = ConstantCurrent;
    private ushort _command;
    private bool _control;
    private bool _on;
    private bool _overCurrent;

    public MaynuoUnit(WiredCell cell, OutputStage stage, double mostAmperes, double mostVolts, double mostWatts)
    {
        (_cell, _stage, _mostAmperes) = (cell, stage, mostAmperes);
        foreach (int address in (int[])[0x0A01, 0x0A03, 0x0A05, 0x0A07, 0x0A2E, 0x0A30])
        {
            Put(address, 0);
        }

        Put(0x0A34, mostAmperes);
        Put(0x0A36, mostVolts);
        Put(0x0A38, mostWatts);
        cell.Advanced += Protect;
    }

    public void Trip() => _cell.Act(() =>
    {
        _overCurrent = _on;
        _on = false;
        Regulate();
        return true;
    });

    public void Acknowledge() => _cell.Act(() =>
    {
        _overCurrent = false;
        return true;
    });

    public void ReadCoils(ushort address, Span<bool> values)
    {
        bool[] read = new bool[values.Length];
        _cell.Act(() =>
        {
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = Coil(address + i);
            }

            return true;
        });
        read.CopyTo(values);
    }

    public void WriteCoil(ushort address, ushort rawValue)
    {
        bool on = rawValue switch { 0xFF00 => true, 0 => false, _ => throw Refuse(ModbusExceptionCode.IllegalValue) };
        _control = address switch { 0x0500 => on, 0x0503 => _control, _ => throw Refuse(ModbusExceptionCode.IllegalAddress) };
    }

    public void WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        ushort[] written = values.ToArray();
        _cell.Act(() =>
        {
            if (!_control)
            {
                throw Refuse(ModbusExceptionCode.DeviceFailure);
            }

            for (int i = 0; i < written.Length; i++)
            {
                Write(address + i, written[i]);
            }

            Regulate();
            return true;
        });
    }

    public void ReadHoldingRegisters(ushort address, Span<ushort> values)
    {
        ushort[] read = new ushort[values.Length];
        _cell.Act(() =>
        {
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = Register(address + i);
            }

            if (address == Measured)
            {
                _cell.Polled();
            }

            return true;
        });
        read.CopyTo(values);
    }

    private bool Coil(int address) => address switch
    {
        0x0500 => _control,
        0x0510 => _on,
        0x0520 => _overCurrent,
        0x0524 => _cell.Volts < 0,
        0x0503 or 0x0521 or 0x0522 or 0x0523 or 0x0525 => false,
        >= 0x0500 and <= 0x052F => false,
        _ => throw Refuse(ModbusExceptionCode.IllegalAddress),
    };

    private ushort Register(int address) => address switch
    {
        Measured or Measured + 1 => Half(_stage.ReadVolts(), address - Measured),
        Measured + 2 or Measured + 3 => Half(Math.Abs(_stage.ReadMilliamperes()) * 1e-3, address - Measured - 2),
        Measured + 4 => _mode,
        Measured + 5 => (ushort)(_on ? 1 : 0),
        Measured + 6 => 9712,
        Measured + 7 => 130,
        Command => _command,
        _ => _settings.TryGetValue(address, out ushort value) ? value : throw Refuse(ModbusExceptionCode.IllegalAddress),
    };

    private void Write(int address, ushort value)
    {
        if (address == Command)
        {
            Obey(value);
        }
        else if (!_settings.ContainsKey(address))
        {
            throw Refuse(ModbusExceptionCode.IllegalAddress);
        }
        else
        {
            _settings[address] = value;
        }
    }

    private void Obey(ushort command)
    {
        switch (command)
        {
            case ConstantCurrent or ConstantVoltage:
                _mode = command;
                break;
            case InputOn:
                _on = true;
                _overCurrent = false;
                break;
            case InputOff:
                _on = false;
                break;
            default:
                throw Refuse(ModbusExceptionCode.IllegalValue);
        }

        _command = command;
    }

    private void Regulate()
    {
        double milliamperes = Math.Clamp(Value(0x0A01), 0, _mostAmperes) * 1e3;
        if (_mode == ConstantVoltage)
        {
            _stage.Set(_on, Value(0x0A03), -Math.Min(Value(0x0A34), _mostAmperes) * 1e3, 0);
        }
        else
        {
            _stage.Set(_on, LowestVolts, -milliamperes, 0);
        }
    }

    private void Protect()
    {
        if (_on && -_stage.TrueMilliamperes * 1e-3 > Value(0x0A34) * 1.001)
        {
            _on = false;
            _overCurrent = true;
            Regulate();
        }
    }

    private void Put(int address, double value) => (_settings[address], _settings[address + 1]) = (Half(value, 0), Half(value, 1));

    private double Value(int address)
    {
        float value = BitConverter.UInt32BitsToSingle(((uint)_settings[address] << 16) | _settings[address + 1]);
        return float.IsFinite(value) ? value : 0;
    }

    /// <summary>IEEE float over two registers, high word first.</summary>
    private static ushort Half(double value, int index) => (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> (index == 0 ? 16 : 0));

    private static ModbusRefusedException Refuse(ModbusExceptionCode code) => new(code);
}
