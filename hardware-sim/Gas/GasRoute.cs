namespace CellLab.HardwareSim.Gas;

/// <summary>What the panel's valves put on the line.</summary>
internal enum GasRoute
{
    /// <summary>Carrier through the cell: also when no valve is energised (normally open).</summary>
    Cell,

    /// <summary>Carrier round the cell.</summary>
    Bypass,

    /// <summary>Calibration gas round the cell.</summary>
    Bottle,

    /// <summary>Calibration gas through the cell: measures the whole delay at open circuit.</summary>
    BottleThroughCell,
}
