namespace CellLab.Core.Units;

/// <summary>An electric potential difference in volts; for a half-cell against Li/Li+.</summary>
public readonly record struct Voltage(double Volts);
