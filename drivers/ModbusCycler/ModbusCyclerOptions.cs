using CellLab.Drivers.ModbusCycler.Profiles;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.ModbusCycler;

/// <summary>One output of one configured device: a box that does both, a supply, a load, or a supply and a load on one cell.</summary>
internal sealed record ModbusCyclerOptions
{
    /// <summary>One, or the supply and the load.</summary>
    public required IReadOnlyList<ModbusSideOptions> Sides { get; init; }
}

/// <summary>One unit on one line.</summary>
internal sealed record ModbusSideOptions(ModbusProfile Profile, Uri Address, byte Unit, ModbusLineSettings Line);
