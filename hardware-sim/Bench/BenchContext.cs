using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Gas;
using CellLab.HardwareSim.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Bench;

/// <summary>What all instruments of a bench share.</summary>
internal sealed record BenchContext(
    BenchFile File, string StateDirectory, BenchClock Clock, TimeProvider Wall, FaultBoard Faults, ILoggerFactory Loggers)
{
    /// <summary>Cells that several instruments share; filled by the instruments that drive them.</summary>
    public CellShelf Cells { get; } = new();

    public GasPaths GasPaths { get; } = new();

    /// <summary>The cells of the file by name, for the instruments that drive them.</summary>
    public CellRack Rack { get; } = new(File);
}
