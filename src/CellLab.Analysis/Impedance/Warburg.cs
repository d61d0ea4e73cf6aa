using MathNet.Numerics;

namespace CellLab.Analysis.Impedance;

/// <summary>Slope of the diffusion tail: Z' against w^-1/2. <paramref name="ImaginarySigma"/> is the slope of -Z'' beside it; the two agree on a true 45-degree tail.</summary>
/// <param name="Degrees">Angle of the Nyquist line through the window.</param>
public sealed record WarburgResult(
    int Points, double LowHz, double HighHz, double Sigma, double SigmaError, double Intercept, double RSquared, double ImaginarySigma, double Degrees)
{
    private const double LargestDifference = 0.2;

    /// <summary>The 45-degree condition is met.</summary>
    public bool IsTail => Degrees is >= 35 and <= 55 && Math.Abs(ImaginarySigma - Sigma) <= LargestDifference * Math.Abs(Sigma);
}

/// <summary>Warburg coefficient (ohm s^-1/2, of the whole electrode) and the diffusion coefficient that follows from it.</summary>
public static class Warburg
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "warburg-1";

    private const int FewestPoints = 2;
    private const double Edge = 1e-6;
    private const double GasConstant = 8.314462618;
    private const double Faraday = 96485.33212;

    /// <summary>The default window: 3 to 30 times the lowest frequency. The lowest points are left out: the end of the diffusion length bends them.</summary>
    public static WarburgResult? Default(Spectrum spectrum)
    {
        double lowest = spectrum.Hertz.DefaultIfEmpty(0).Min();
        WarburgResult? result = InWindow(spectrum, 3 * lowest, 30 * lowest);
        return result?.Points >= 5 ? result : null;
    }

    /// <summary>Null with fewer than two points.</summary>
    public static WarburgResult? InWindow(Spectrum spectrum, double lowHz, double highHz) =>
        Regress(spectrum.Where((hertz, _) => hertz >= lowHz * (1 - Edge) && hertz <= highHz * (1 + Edge)), lowHz, highHz);

    public static WarburgResult? LowestPoints(Spectrum spectrum, int points)
    {
        double[] lowest = [.. spectrum.Hertz.Order().Take(points)];
        return lowest.Length == 0 ? null : Regress(spectrum.Where((hertz, _) => hertz <= lowest[^1]), lowest[0], lowest[^1]);
    }

    /// <summary>D in cm2/s = R2 T2 / (2 A2 n4 F4 C2 sigma2); area in cm2, concentration in mol/cm3.</summary>
    public static double Diffusion(double sigma, double areaCm2, double molPerCm3, double kelvin = 298.15, int electrons = 1)
    {
        double ratio = GasConstant * kelvin / (areaCm2 * Math.Pow(electrons * Faraday, 2) * molPerCm3 * sigma);
        return ratio * ratio / 2;
    }

    private static WarburgResult? Regress(Spectrum window, double lowHz, double highHz)
    {
        if (window.Count < FewestPoints || window.Hertz.Distinct().Count() < FewestPoints)
        {
            return null;
        }

        double[] x = [.. Enumerable.Range(0, window.Count).Select(point => 1 / Math.Sqrt(window.Radians(point)))];
        double[] real = [.. window.Ohms.Select(ohms => ohms.Real)];
        double[] imaginary = [.. window.Ohms.Select(ohms => -ohms.Imaginary)];
        (double intercept, double sigma) = Fit.Line(x, real);
        (double _, double imaginarySigma) = Fit.Line(x, imaginary);
        double residual = x.Zip(real, (at, value) => Math.Pow(value - intercept - (sigma * at), 2)).Sum();
        double spread = real.Sum(value => Math.Pow(value - real.Average(), 2));
        double xSpread = x.Sum(value => Math.Pow(value - x.Average(), 2));
        double error = window.Count > 2 ? Math.Sqrt(residual / (window.Count - 2) / xSpread) : double.NaN;
        double degrees = Math.Atan2(imaginarySigma, sigma) * 180 / Math.PI;
        return new WarburgResult(window.Count, lowHz, highHz, sigma, error, intercept, spread > 0 ? 1 - (residual / spread) : 1, imaginarySigma, degrees);
    }
}
