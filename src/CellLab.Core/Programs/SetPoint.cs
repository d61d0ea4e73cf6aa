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

/// <summary>Constant voltage, with the largest magnitude of current where one is stated.</summary>
public sealed record VoltageSetPoint(double Volts, double? MaxAmperes) : SetPoint;
