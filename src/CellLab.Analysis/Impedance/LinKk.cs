using System.Numerics;

namespace CellLab.Analysis.Impedance;

/// <summary>Result of one Kramers-Kronig test; residuals are (Z - fit)/|Z| of each point in the spectrum's order.</summary>
public sealed record LinKkResult(
    int Elements, double Mu, bool Capacitor, IReadOnlyList<Complex> Fit, IReadOnlyList<double> RealResiduals, IReadOnlyList<double> ImaginaryResiduals)
{
    public double LargestReal => RealResiduals.Max(Math.Abs);

    public double LargestImaginary => ImaginaryResiduals.Max(Math.Abs);

    public double RmsReal => Math.Sqrt(RealResiduals.Average(value => value * value));

    public double RmsImaginary => Math.Sqrt(ImaginaryResiduals.Average(value => value * value));
}

/// <summary>Linear Kramers-Kronig test (Boukamp 1995, Schoenleber 2014): R0 + M elements R_k/(1 + j w tau_k) with fixed, log-spaced tau_k + j w L,
/// with or without 1/(j w C), fitted with rows weighted by 1/|Z|.</summary>
public static class LinKk
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "lin-kk-1";

    private const double StopAtMu = 0.5;
    private const double FewestPerDecade = 3;
    private const double MostPerDecade = 5;

    /// <summary>The rule in use: M from 3 a decade upward, until mu falls to 0.5 or M is 5 a decade or the number of points less 3; with a capacitor
    /// where -Z'' still rises at the lowest frequency.</summary>
    public static LinKkResult Test(Spectrum spectrum)
    {
        double decades = Math.Log10(spectrum.Hertz.Max() / spectrum.Hertz.Min());
        int most = Math.Max(1, Math.Min((int)Math.Round(MostPerDecade * decades), spectrum.Count - 3));
        int elements = Math.Max(1, Math.Min((int)Math.Round(FewestPerDecade * decades), most));
        bool capacitor = spectrum.EndsInATail();
        LinKkResult result = Fit(spectrum, elements, capacitor, realOnly: false);
        while (result.Mu > StopAtMu && elements < most)
        {
            result = Fit(spectrum, ++elements, capacitor, realOnly: false);
        }

        return result;
    }

    /// <summary>The classic rule: M from 1 until mu is at most <paramref name="c"/> or M is <paramref name="mostElements"/>. It stops early on clean data.</summary>
    public static LinKkResult Classic(Spectrum spectrum, double c, int mostElements, bool capacitor, bool realOnly)
    {
        int most = Math.Max(1, Math.Min(mostElements, (realOnly ? 1 : 2) * spectrum.Count - 3));
        int elements = 1;
        LinKkResult result = Fit(spectrum, elements, capacitor, realOnly);
        while (result.Mu > c && elements < most)
        {
            result = Fit(spectrum, ++elements, capacitor, realOnly);
        }

        return result;
    }

    /// <param name="realOnly">Fit the real parts; inductance and capacitor then come from what is left of the imaginary parts.</param>
    public static LinKkResult Fit(Spectrum spectrum, int elements, bool capacitor, bool realOnly)
    {
        double[] times = TimeConstants(spectrum, elements);
        var model = new LinKkModel(spectrum, times, capacitor);
        double[] values = realOnly ? model.SolveReal() : model.SolveComplex();
        Complex[] fit = [.. Enumerable.Range(0, spectrum.Count).Select(point => model.At(point, values))];
        Complex[] residuals = [.. fit.Select((value, point) => (spectrum.Ohms[point] - value) / spectrum.Ohms[point].Magnitude)];
        return new LinKkResult(
            elements, Mu(values.AsSpan(1, elements)), capacitor, fit, [.. residuals.Select(value => value.Real)], [.. residuals.Select(value => value.Imaginary)]);
    }

    /// <summary>1 minus the share of negative elements: 1 without any, small when they cancel each other (too many elements).</summary>
    public static double Mu(ReadOnlySpan<double> resistances)
    {
        double negative = 0, positive = 0;
        foreach (double resistance in resistances)
        {
            negative += Math.Max(0, -resistance);
            positive += Math.Max(0, resistance);
        }

        return positive == 0 ? (negative == 0 ? 1 : double.NegativeInfinity) : 1 - (negative / positive);
    }

    /// <summary>From 1/w_max to 1/w_min, both included; a single one at 1/w_min.</summary>
    public static double[] TimeConstants(Spectrum spectrum, int elements)
    {
        double shortest = 1 / (2 * Math.PI * spectrum.Hertz.Max());
        double longest = 1 / (2 * Math.PI * spectrum.Hertz.Min());
        return elements == 1
            ? [longest]
            : [.. Enumerable.Range(0, elements).Select(k => shortest * Math.Pow(longest / shortest, k / (elements - 1.0)))];
    }
}
