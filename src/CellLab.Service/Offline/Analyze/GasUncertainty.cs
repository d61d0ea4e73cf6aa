namespace CellLab.Service.Offline.Analyze;

/// <summary>Standard uncertainty of an amount of gas: background, calibration, mass of active material and flow in quadrature, and drift where no internal
/// standard was measured.</summary>
internal static class GasUncertainty
{
    private const double Bottle = 0.02;
    private const double BalanceMg = 0.05;
    private const double DriftWithoutStandard = 0.10;

    /// <param name="umolPerMg">The amount; null gives null.</param>
    /// <param name="noisePmolSMg">Standard deviation of one sample of the flux in the background.</param>
    /// <param name="samples">Samples in the background span.</param>
    /// <param name="seconds">Integrated.</param>
    /// <param name="bottled">Calibrated by a bottle in the carrier: its certificate and the flow count.</param>
    public static double? Of(double? umolPerMg, double noisePmolSMg, int samples, double seconds, DemsInput input, double flowUncertainty, bool bottled)
    {
        if (umolPerMg is not { } amount || input.ActiveMassMg is not { } mass)
        {
            return null;
        }

        double background = noisePmolSMg / Math.Sqrt(Math.Max(2, samples)) * seconds * 1e-6;
        double[] relative = [bottled ? Bottle : 0, BalanceMg / mass, bottled ? flowUncertainty : 0, input.InternalStandardMz is null ? DriftWithoutStandard : 0];
        double sum = Math.Sqrt((background * background) + relative.Sum(share => share * share * amount * amount));
        return double.IsFinite(sum) ? sum : null;
    }
}
