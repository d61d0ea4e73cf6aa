namespace CellLab.Analysis.Diffraction;

/// <summary>Bragg's law for layered oxides.</summary>
public static class Lattice
{
    /// <summary>Cu K-alpha 1.</summary>
    public const double CopperAngstrom = 1.540593;

    /// <summary>d = lambda / (2 sin theta).</summary>
    public static double Spacing(double twoThetaDegrees, double wavelengthAngstrom) => wavelengthAngstrom / (2 * Math.Sin(twoThetaDegrees * Math.PI / 360));
}
