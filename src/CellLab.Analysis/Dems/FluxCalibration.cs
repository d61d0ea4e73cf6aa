namespace CellLab.Analysis.Dems;

/// <summary>Sensitivity of a mass to a gas that an electrode makes: integral of the signal over amount from the charge.</summary>
/// <param name="SignalCoulombs">Integral of the ion current above its background.</param>
/// <param name="SensitivityCPerMol">Null where no charge flowed.</param>
public sealed record FluxCalibration(double SignalCoulombs, double ChargeCoulombs, double? SensitivityCPerMol)
{
    public const double Faraday = 96485.33212;

    /// <param name="electrons">Signed: +4 for O2 at the anode, -2 for H2 at the cathode.</param>
    public static FluxCalibration Of(double signalCoulombs, double chargeCoulombs, double electrons)
    {
        double mol = chargeCoulombs / (electrons * Faraday);
        return new FluxCalibration(signalCoulombs, chargeCoulombs, mol != 0 ? signalCoulombs / mol : null);
    }
}
