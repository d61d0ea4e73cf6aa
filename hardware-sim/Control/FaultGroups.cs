namespace CellLab.HardwareSim.Control;

/// <summary>Faults that several instruments have in common; each instrument lists its own beside them.</summary>
internal static class FaultGroups
{
    /// <summary>Of every wire.</summary>
    public static IReadOnlyList<string> Wire { get; } = [FaultNames.Delay, FaultNames.CutMidReply, FaultNames.NeverAnswer, FaultNames.Garbage];

    /// <summary>Of a wire whose replies have no fixed pieces.</summary>
    public static IReadOnlyList<string> Stream { get; } = [.. Wire, FaultNames.ByteSplit];

    public static IReadOnlyList<string> Modbus { get; } = [.. Wire, FaultNames.ModbusException];

    /// <summary>Of a mass spectrometer and its gas line.</summary>
    public static IReadOnlyList<string> MassSpectrometer { get; } = [FaultNames.FilamentOff, FaultNames.FilamentRefused, FaultNames.Overpressure, FaultNames.AirLeak];
}
