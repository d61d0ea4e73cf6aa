namespace CellLab.Core.Units;

/// <summary>An electric potential difference in volts; for a half-cell against Li/Li+.</summary>
public readonly record struct Voltage(double Volts)
{
    public static Voltage FromMillivolts(double millivolts) => new(millivolts * 1e-3);
}
