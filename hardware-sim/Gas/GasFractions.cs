namespace CellLab.HardwareSim.Gas;

/// <summary>Mole fractions of the gas that reaches a spectrometer; argon is the rest.</summary>
internal readonly record struct GasFractions(double Oxygen, double CarbonDioxide, double Nitrogen, double Water)
{
    public double Argon => Math.Max(0, 1 - Oxygen - CarbonDioxide - Nitrogen - Water);
}
