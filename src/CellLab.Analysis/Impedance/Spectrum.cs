using System.Numerics;

namespace CellLab.Analysis.Impedance;

/// <summary>An impedance spectrum: Hz and ohm, capacitive means a negative imaginary part. Points stand in the order of measurement.</summary>
public sealed record Spectrum(IReadOnlyList<double> Hertz, IReadOnlyList<Complex> Ohms)
{
    public int Count => Hertz.Count;

    public double Radians(int point) => 2 * Math.PI * Hertz[point];

    /// <summary>The points that a condition holds for.</summary>
    public Spectrum Where(Func<double, Complex, bool> condition)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(point => condition(Hertz[point], Ohms[point]))];
        return new Spectrum([.. kept.Select(point => Hertz[point])], [.. kept.Select(point => Ohms[point])]);
    }

    /// <summary>-Z'' still rises at the lowest frequency: a Warburg or blocking tail. A frequency measured twice counts with its mean.</summary>
    public bool EndsInATail()
    {
        double[] lowest = [.. Hertz.Distinct().Order().Take(2)];
        return lowest.Length > 1 && Reactance(lowest[0]) > Reactance(lowest[1]);
    }

    private double Reactance(double hertz) => Enumerable.Range(0, Count).Where(point => Hertz[point] == hertz).Average(point => -Ohms[point].Imaginary);
}
