using MathNet.Numerics;

namespace CellLab.Analysis.Gitt;

/// <summary>What a diffusion coefficient by GITT depends on: active mass, molar mass, density, area. L = m/(rho A) is the thickness of a dense film.</summary>
public sealed record GittInputs(double ActiveMassMg, double MolarMassGMol, double DensityGCm3, double AreaCm2)
{
    /// <summary>Of the sample's figures, where it is known.</summary>
    public int? SampleVersion { get; init; }

    public double LengthCm => ActiveMassMg * 1e-3 / (DensityGCm3 * AreaCm2);
}

/// <summary>One pulse. D in cm2/s, null where it is refused; dE_t from the early window.</summary>
public sealed record GittResult(
    double TauSeconds, double SteadyVolts, double TransientVolts, double? Diffusion, double? DiffusionWholePulse, double? ThetaFit, double? SeriesOhms,
    double RSquared, double FitFromSeconds, double FitToSeconds, int FitPoints, IReadOnlyList<string> Flags);

/// <summary>Weppner and Huggins: D = 4 L2/(pi tau) (dE_s/dE_t)2 with dE_t the slope of E over sqrt(t) in an early window times sqrt(tau).</summary>
public static class GittAnalysis
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "gitt-2";

    public const double WindowFromSeconds = 3;
    public const double WindowToSeconds = 20;

    private const int WantedPoints = 8;
    private const int FewestPoints = 3;
    private const double GoodTheta = 0.2;
    private const double LargestTheta = 0.25;
    private const double GoodFit = 0.99;
    private const double LargestDifference = 0.3;
    private const double RelaxedVoltsPerHour = 1e-3;
    private const double Edge = 1e-9;

    public static GittResult Evaluate(GittPulse pulse, GittInputs inputs)
    {
        var flags = new List<string>();
        double steady = pulse.RestVoltsAfter - pulse.RestVoltsBefore;
        (double from, double to) = Window(pulse, flags);
        RootFit? early = RootFit.Of(pulse, from, to, FewestPoints);
        double transient = early is null ? double.NaN : early.Slope * Math.Sqrt(pulse.DurationSeconds);
        double? diffusion = early is null ? null : Simple(pulse, inputs, steady, transient);
        double? theta = diffusion * to / (inputs.LengthCm * inputs.LengthCm);
        diffusion = Judge(diffusion, theta, flags);
        double? whole = Whole(pulse, inputs, steady, flags);
        if (diffusion is { } d && whole is { } w && Math.Abs(w - d) > LargestDifference * d)
        {
            flags.Add("pulse too long");
        }

        NoteQuality(pulse, steady, early, flags);
        return new GittResult(
            pulse.DurationSeconds, steady, transient, diffusion, whole, theta, early is null ? null : (early.Intercept - pulse.RestVoltsBefore) / pulse.Amperes,
            early?.RSquared ?? double.NaN, from, to, early?.Points ?? 0, flags);
    }

    /// <summary>D of a pulse that gave these two changes, without any correction.</summary>
    public static double Simple(double tauSeconds, double lengthCm, double steadyVolts, double transientVolts) =>
        4 / (Math.PI * tauSeconds) * Math.Pow(lengthCm * steadyVolts / transientVolts, 2);

    private static double? Simple(GittPulse pulse, GittInputs inputs, double steady, double transient) =>
        transient != 0 ? Simple(pulse.DurationSeconds, inputs.LengthCm, steady, transient) : null;

    /// <summary>3 to 20 s; with fewer than eight records there, out to the eighth after 3 s.</summary>
    private static (double From, double To) Window(GittPulse pulse, List<string> flags)
    {
        double[] after = [.. pulse.Points.Select(point => point.Seconds).Where(seconds => seconds >= WindowFromSeconds - Edge && seconds <= pulse.DurationSeconds + Edge)];
        if (after.Count(seconds => seconds <= WindowToSeconds + Edge) >= WantedPoints)
        {
            return (WindowFromSeconds, WindowToSeconds);
        }

        flags.Add("sparse");
        return (WindowFromSeconds, after.Length == 0 ? WindowToSeconds : after[Math.Min(WantedPoints, after.Length) - 1]);
    }

    private static double? Judge(double? diffusion, double? theta, List<string> flags)
    {
        if (theta > LargestTheta)
        {
            flags.Add("theta_fit above 0.25: refused");
            return null;
        }

        if (theta >= GoodTheta)
        {
            flags.Add("theta_fit above 0.2");
        }

        return diffusion;
    }

    /// <summary>The window from tau/5, which itself is not in it, to tau; beyond theta = 0.25 by the exact response of a slab.</summary>
    private static double? Whole(GittPulse pulse, GittInputs inputs, double steady, List<string> flags)
    {
        double tau = pulse.DurationSeconds;
        if (RootFit.Of(pulse, (tau / 5) + (2 * Edge), tau, FewestPoints) is not { } fit || steady == 0)
        {
            return null;
        }

        double transient = fit.Slope * Math.Sqrt(tau);
        double square = inputs.LengthCm * inputs.LengthCm;
        double? simple = Simple(pulse, inputs, steady, transient);
        if (simple * tau / square <= LargestTheta)
        {
            return simple;
        }

        double? exact = SlabResponse.ThetaOf(transient / steady) * square / tau;
        if (exact is null)
        {
            flags.Add("whole pulse rejected");
        }

        return exact;
    }

    private static void NoteQuality(GittPulse pulse, double steady, RootFit? early, List<string> flags)
    {
        if (early is null)
        {
            flags.Add("no fit");
        }
        else if (early.RSquared < GoodFit)
        {
            flags.Add("r2 below 0.99");
        }

        if (pulse.IsLong)
        {
            flags.Add("longer than 2 h");
        }

        if (pulse.RestIsShort)
        {
            flags.Add("rest shorter than half the pulse");
        }

        if (steady * pulse.Amperes <= 0)
        {
            flags.Add("step against the current");
        }

        if (Math.Abs(pulse.RestDriftVoltsPerHour ?? 0) > RelaxedVoltsPerHour)
        {
            flags.Add("not relaxed");
        }
    }

    /// <summary>Line of E over the square root of time.</summary>
    private sealed record RootFit(double Slope, double Intercept, double RSquared, int Points)
    {
        public static RootFit? Of(GittPulse pulse, double from, double to, int fewest)
        {
            (double Seconds, double Volts)[] points = [.. pulse.Points.Where(point => point.Seconds >= from - Edge && point.Seconds <= to + Edge)];
            if (points.Length < fewest || points.Select(point => point.Seconds).Distinct().Count() < 2)
            {
                return null;
            }

            double[] roots = [.. points.Select(point => Math.Sqrt(point.Seconds))];
            double[] volts = [.. points.Select(point => point.Volts)];
            (double intercept, double slope) = Fit.Line(roots, volts);
            double mean = volts.Average();
            double spread = volts.Sum(value => (value - mean) * (value - mean));
            double residual = roots.Zip(volts, (root, value) => Math.Pow(value - intercept - (slope * root), 2)).Sum();
            return new RootFit(slope, intercept, spread > 0 ? 1 - (residual / spread) : 1, points.Length);
        }
    }
}
