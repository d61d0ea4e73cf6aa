namespace CellLab.Core.Devices;

/// <summary>Carrier flow as a mass-flow controller shows it: millilitres at the controller's own reference temperature and pressure. Read at the
/// wrong temperature (0 instead of 25 degC) every amount of gas is 9 % too large, so nothing of this has a default.</summary>
/// <param name="RelativeUncertainty">Of the flow, one standard deviation; 0.01 is 1 %.</param>
public sealed record CarrierFlow(double MillilitresPerMinute, double ReferenceCelsius, double ReferencePascals, double RelativeUncertainty)
{
    private const double GasConstant = 8.314462618;

    /// <summary>n = p V / (R T).</summary>
    public double MolesPerSecond =>
        ReferencePascals * MillilitresPerMinute * 1e-6 / 60 / (GasConstant * (273.15 + ReferenceCelsius));
}
