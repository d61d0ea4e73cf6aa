namespace CellLab.Core.Protocols;

/// <summary>How long an impedance spectrum takes, as an estimate: at every frequency one period to settle and two a measurement, and never less than the
/// instrument needs to switch. Ranging, drift correction and a rest before it are not counted.</summary>
internal static class SpectrumDuration
{
    private const double SettlingPeriods = 1;
    private const double PeriodsPerMeasure = 2;
    private const double ShortestPointSeconds = 0.5;

    /// <summary>More points than anybody measures: the rest is counted like the last one.</summary>
    private const int MostPoints = 100_000;

    /// <summary>Whole seconds.</summary>
    public static double Seconds(ImpedanceStep step)
    {
        int points = Points(step);
        double ratio = points > 1 ? Math.Pow(step.EndHertz / step.StartHertz, 1.0 / (points - 1)) : 1;
        double periods = SettlingPeriods + PeriodsPerMeasure * step.MeasuresPerPoint;
        double seconds = 0;
        for (int i = 0; i < points; i++)
        {
            seconds += Math.Max(ShortestPointSeconds, periods / (step.StartHertz * Math.Pow(ratio, i)));
        }

        return Math.Ceiling(seconds);
    }

    /// <summary>Both ends included.</summary>
    public static int Points(ImpedanceStep step) => Points(step.StartHertz, step.EndHertz, step.PointsPerDecade);

    public static int Points(double startHertz, double endHertz, double pointsPerDecade) =>
        (int)Math.Min(MostPoints, Math.Round(Math.Abs(Math.Log10(startHertz / endHertz)) * pointsPerDecade) + 1);
}
