using CellLab.Core.Devices;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.GasPanel;

/// <summary>Settings of one gas panel. README.md beside this file lists their names in the configuration.</summary>
public sealed record GasPanelOptions
{
    /// <summary>Of the output module; null where a person turns the valves.</summary>
    public Uri? Address { get; init; }

    public byte Unit { get; init; } = 1;

    public ModbusLineSettings Line { get; init; } = new();

    /// <summary>Coil addresses as on the wire, from 0.</summary>
    public ushort CellOutput { get; init; }

    public ushort BypassOutput { get; init; } = 1;

    public ushort BottleOutput { get; init; } = 2;

    /// <summary>Added to an output's address to read it back (0x200 on WAGO couplers).</summary>
    public int ReadBackOffset { get; init; }

    /// <summary>Wall time between closing and opening.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromMilliseconds(200);

    public required CarrierFlow Carrier { get; init; }
}
