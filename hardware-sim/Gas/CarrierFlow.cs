namespace CellLab.HardwareSim.Gas;

/// <summary>Carrier through the line. A mass-flow controller counts millilitres at its own reference temperature and 101.325 kPa: the same
/// figure at 0 and at 25 degC differs by 9 %.</summary>
internal sealed record CarrierFlow(double MillilitresPerMinute = 0.5, double ReferenceCelsius = 25)
{
    /// <summary>n = p V / (R T).</summary>
    public double MicromolesPerSecond => 101325 * MillilitresPerMinute * 1e-6 / 60 / (8.314462618 * (273.15 + ReferenceCelsius)) * 1e6;
}
