namespace CellLab.Core.Programs;

/// <summary>What an output is to do until the next turn.</summary>
public abstract record SetPoint
{
    public static SetPoint OpenCircuit { get; } = new OpenCircuitSetPoint();
}

/// <summary>Output off: no current flows.</summary>
public sealed record OpenCircuitSetPoint : SetPoint;

/// <summary>Constant current, positive charges.</summary>
public sealed record CurrentSetPoint(double Amperes) : SetPoint;

/// <summary>Constant voltage, with the largest magnitude of current where one is stated. <paramref name="Charging"/>: the way in which current is
/// to flow, where the program says it; an output made of a supply and a load needs it.</summary>
public sealed record VoltageSetPoint(double Volts, double? MaxAmperes, bool? Charging = null) : SetPoint;

/// <summary>Constant power at the cell, W; positive charges.</summary>
public sealed record PowerSetPoint(double Watts) : SetPoint;

/// <summary>A load of this resistance: the cell discharges with voltage / resistance.</summary>
public sealed record ResistanceSetPoint(double Ohms) : SetPoint;
