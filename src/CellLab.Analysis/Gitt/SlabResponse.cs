using MathNet.Numerics;

namespace CellLab.Analysis.Gitt;

/// <summary>Diffusion in a slab with a constant flux at one face and none at the other: concentration at the surface over that of the whole,
/// against theta = D t / L2.</summary>
public static class SlabResponse
{
    private const double SeriesFrom = 0.3;
    private const int Terms = 60;

    /// <summary>S(theta) = theta + 1/3 - (2/pi2) sum exp(-k2 pi2 theta)/k2, and its form for small theta with ierfc.</summary>
    public static double S(double theta) => theta <= 0 ? 0 : theta >= SeriesFrom ? Long(theta) : Short(theta);

    /// <summary>Rise of a pulse over its lasting step, dE_t/dE_s = S(theta)/theta.</summary>
    public static double Ratio(double theta) => S(theta) / theta;

    /// <summary>theta at which <see cref="Ratio"/> has the value; null at or below 1 (the pulse did not see diffusion).</summary>
    public static double? ThetaOf(double ratio)
    {
        if (!(ratio > 1) || !double.IsFinite(ratio))
        {
            return null;
        }

        double low = Math.Log(1e-12), high = Math.Log(1e6);
        for (int step = 0; step < 200; step++)
        {
            double middle = (low + high) / 2;
            (low, high) = Ratio(Math.Exp(middle)) > ratio ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }

    private static double Long(double theta)
    {
        double sum = 0;
        for (int k = 1; k <= Terms; k++)
        {
            sum += Math.Exp(-k * k * Math.PI * Math.PI * theta) / (k * k);
        }

        return theta + (1 / 3.0) - (2 / (Math.PI * Math.PI) * sum);
    }

    private static double Short(double theta)
    {
        double root = Math.Sqrt(theta);
        double sum = 0;
        for (int n = 0; n < Terms && n / root < 27; n++)
        {
            sum += IntegratedErfc(n / root) + IntegratedErfc((n + 1) / root);
        }

        return 2 * root * sum;
    }

    private static double IntegratedErfc(double x) => (Math.Exp(-x * x) / Math.Sqrt(Math.PI)) - (x * SpecialFunctions.Erfc(x));
}
