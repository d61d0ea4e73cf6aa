using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Bench;

/// <summary>What all instruments of a bench share.</summary>
internal sealed record BenchContext(
    BenchFile File, string StateDirectory, BenchClock Clock, TimeProvider Wall, FaultBoard Faults, ILoggerFactory Loggers);
