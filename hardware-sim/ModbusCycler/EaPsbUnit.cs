using System.Text;
using CellLab.Transport.Modbus;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>EA Elektro-Automatik PSB, a source and a sink: registers as its open drivers use them (programming guide KE220). Values are
/// 0xCCCC = 100 % of nominal. What a set value beyond its limit, or a command without remote control, is answered with is assumed
/// (exceptions 3 and 4).</summary>
internal sealed class EaPsbUnit : IModbusInstrumentUnit
{
    private const double Full = 52428;
    private const ushort Largest = 53477;
    private const int Remote = 402;
    private const int Terminal = 405;
    private readonly WiredCell _cell;
    private readonly OutputStage _stage;
    private readonly EaPsbModel _model;
    private readonly Dictionary<int, ushort> _set = new() { [498] = 0, [499] = 0, [500] = 0, [501] = 0, [502] = 0 };
    private readonly Dictionary<int, ushort> _limits;
    private readonly Dictionary<int, ushort> _identity = [];
    private bool _remote;
    private bool _on;
    private bool _alarm;

    public EaPsbUnit(WiredCell cell, OutputStage stage, EaPsbModel model)
    {
        (_cell, _stage, _model) = (cell, stage, model);
        _limits = new Dictionary<int, ushort>
        {
            [9000] = Largest, [9001] = 0, [9002] = Largest, [9003] = 0, [9004] = Largest, [9005] = Largest, [9008] = Largest, [9009] = 0,
        };
        _identity[0] = 0x33;
        Put(1, model.Type);
        Put(151, model.Serial);
        Put(121, model.Volts);
        Put(123, model.Amperes);
        Put(125, model.Watts);
    }

    public void Trip() => _cell.Act(() =>
    {
        _alarm = _on;
        _on = false;
        Regulate();
        return true;
    });

    public void Acknowledge() => _cell.Act(() =>
    {
        _alarm = false;
        return true;
    });

    public void ReadCoils(ushort address, Span<bool> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (address + i) switch { Remote => _remote, Terminal => _on, _ => throw Refuse(ModbusExceptionCode.IllegalAddress) };
        }
    }

    public void WriteCoil(ushort address, ushort rawValue)
    {
        bool on = rawValue switch { 0xFF00 => true, 0 => false, _ => throw Refuse(ModbusExceptionCode.IllegalValue) };
        _cell.Act(() =>
        {
            switch (address)
            {
                case Remote:
                    _remote = on;
                    break;
                case Terminal:
                    RequireRemote();
                    _on = on;
                    _alarm = false;
                    break;
                default:
                    throw Refuse(ModbusExceptionCode.IllegalAddress);
            }

            Regulate();
            return true;
        });
    }

    public void WriteRegister(ushort address, ushort value) => _cell.Act(() =>
    {
        RequireRemote();
        Dictionary<int, ushort> table = _set.ContainsKey(address) ? _set
            : _limits.ContainsKey(address) ? _limits
            : throw Refuse(ModbusExceptionCode.IllegalAddress);
        (ushort lowest, ushort highest) = table == _set ? Span(address) : ((ushort)0, Largest);
        table[address] = value >= lowest && value <= highest ? value : throw Refuse(ModbusExceptionCode.IllegalValue);
        Regulate();
        return true;
    });

    public void ReadHoldingRegisters(ushort address, Span<ushort> values)
    {
        ushort[] read = new ushort[values.Length];
        _cell.Act(() =>
        {
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = Register(address + i);
            }

            if (address <= 507 && address + read.Length > 507)
            {
                _cell.Polled();
            }

            return true;
        });
        read.CopyTo(values);
    }

    private ushort Register(int address) => address switch
    {
        505 => 0,
        506 => State(),
        507 => Scaled(_stage.ReadVolts() / _model.Volts),
        508 => Scaled(Math.Abs(_stage.ReadMilliamperes()) * 1e-3 / _model.Amperes),
        509 => Scaled(Math.Abs(_stage.ReadMilliamperes()) * 1e-3 * _stage.ReadVolts() / _model.Watts),
        _ when _set.TryGetValue(address, out ushort value) || _limits.TryGetValue(address, out value) || _identity.TryGetValue(address, out value) => value,
        _ => throw Refuse(ModbusExceptionCode.IllegalAddress),
    };

    /// <summary>Bits 0-4 who controls (3 USB), 7 on, 9-10 regulation (0 CV, 2 CC), 11 remote, 12 sink, 15 alarm.</summary>
    private ushort State() => (ushort)((_remote ? 3 : 1)
        | (_on ? 1 << 7 : 0)
        | (_on && !_stage.AtVoltage ? 2 << 9 : 0)
        | (_remote ? 1 << 11 : 0)
        | (_stage.TrueMilliamperes < 0 ? 1 << 12 : 0)
        | (_alarm ? 1 << 15 : 0));

    /// <summary>Sinks while the setting is below the terminal voltage, sources while it is above.</summary>
    private void Regulate() => _stage.Set(
        _on,
        _set[500] / Full * _model.Volts,
        -_set[499] / Full * _model.Amperes * 1e3,
        _set[501] / Full * _model.Amperes * 1e3);

    private (ushort Lowest, ushort Highest) Span(int address) => address switch
    {
        498 => (0, _limits[9005]),
        499 => (_limits[9009], _limits[9008]),
        500 => (_limits[9001], _limits[9000]),
        501 => (_limits[9003], _limits[9002]),
        _ => (0, _limits[9004]),
    };

    private static ushort Scaled(double share) => (ushort)Math.Clamp(Math.Round(share * Full), 0, ushort.MaxValue);

    private void Put(int address, string text)
    {
        byte[] bytes = new byte[40];
        Encoding.ASCII.GetBytes(text, bytes);
        for (int i = 0; i < 20; i++)
        {
            _identity[address + i] = (ushort)((bytes[2 * i] << 8) | bytes[(2 * i) + 1]);
        }
    }

    private void Put(int address, double value)
    {
        uint bits = BitConverter.SingleToUInt32Bits((float)value);
        (_identity[address], _identity[address + 1]) = ((ushort)(bits >> 16), (ushort)bits);
    }

    private void RequireRemote()
    {
        if (!_remote)
        {
            throw Refuse(ModbusExceptionCode.DeviceFailure);
        }
    }

    private static ModbusRefusedException Refuse(ModbusExceptionCode code) => new(code);
}

/// <summary>What the type plate says.</summary>
internal sealed record EaPsbModel(string Type, string Serial, double Volts, double Amperes, double Watts);
