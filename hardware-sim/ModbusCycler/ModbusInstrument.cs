using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Control;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>A Modbus cycler on the bench: one cell place with one instrument, or with a supply and a load.</summary>
internal sealed class ModbusInstrument : IBenchInstrument
{
    /// <summary>The one cell place of these devices.</summary>
    public const string Channel = "1";

    private readonly ModbusBenchDevice _device;
    private readonly WiredCell _cell;
    private readonly IReadOnlyList<ModbusWire> _wires;
    private readonly ModbusPlate _plate;
    private readonly FaultBoard _faults;

    public ModbusInstrument(ModbusBenchDevice device, WiredCell cell, IReadOnlyList<ModbusWire> wires, ModbusPlate plate, FaultBoard faults)
    {
        (_device, _cell, _wires, _plate, _faults) = (device, cell, wires, plate, faults);
        Pipelines = device.Pipeline is string pipeline ? [new PipelineEntry(pipeline, device.Holder, "cycler", $"{device.Id}.{Channel}")] : [];
        faults.Switched += OnSwitched;
    }

    public string Id => _device.Id;

    public IReadOnlyList<string> Channels { get; } = [Channel];

    public IReadOnlyList<string> Faults { get; } = [.. FaultGroups.Modbus, FaultNames.OutputTrips];

    public IReadOnlyList<PipelineEntry> Pipelines { get; }

    public object ConfigurationEntry => new
    {
        id = _device.Id,
        driver = "ModbusCycler",
        profile = _device.Model,
        simulated = true,
        connection = _wires[0].Connection,
        settings = new
        {
            sink_connection = _wires.Count > 1 ? _wires[1].Connection : null,
            current_ranges_ma = new[] { _plate.Amperes * 1e3 },
            min_voltage_v = 0,
            max_voltage_v = _plate.Volts,
        },
    };

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_wires.Select(w => w.RunAsync(cancellationToken)));

    public void Advance() => _cell.Advance();

    public async ValueTask DisposeAsync()
    {
        _faults.Switched -= OnSwitched;
        _cell.Dispose();
        foreach (ModbusWire wire in _wires)
        {
            await wire.DisposeAsync();
        }
    }

    private void OnSwitched(ActiveFault fault, bool on)
    {
        if (fault.Name != FaultNames.OutputTrips || !fault.Covers(Id, Channel))
        {
            return;
        }

        foreach (IModbusInstrumentUnit unit in _wires.Select(wire => wire.Instrument))
        {
            if (on)
            {
                unit.Trip();
            }
            else
            {
                unit.Acknowledge();
            }
        }
    }
}
