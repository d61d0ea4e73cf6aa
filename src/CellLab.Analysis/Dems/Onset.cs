namespace CellLab.Analysis.Dems;

/// <summary>Onset by the 3-sigma rule: the trailing mean over 15 samples or 300 s, whichever is longer, exceeds 3 sigma of the unsmoothed flux in the
/// background and stays above for 10 min and at least 30 samples.</summary>
public static class Onset
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "onset-1";

    public const double Sigmas = 3;

    /// <summary>Reach of the trailing mean: so many samples, or so many seconds, whichever is longer.</summary>
    public const int MeanSamples = 15;

    public const double MeanSeconds = 300;

    private const double StaysSeconds = 600;

    /// <summary>So many samples above 3 sigma make it certain.</summary>
    public const int StaysSamples = 30;

    /// <summary>And so long.</summary>
    public static readonly TimeSpan Stays = TimeSpan.FromSeconds(StaysSeconds);

    /// <summary>The value at t uses t - 300 s to t, or the last 15 samples, so that live and later runs agree.</summary>
    public static TimedSeries TrailingMean(TimedSeries flux)
    {
        double sum = 0;
        int first = 0;
        var means = new (double, double)[flux.Count];
        for (int sample = 0; sample < flux.Count; sample++)
        {
            sum += flux.Values[sample];
            while (sample - first >= MeanSamples && flux.Times[first] < flux.Times[sample] - MeanSeconds)
            {
                sum -= flux.Values[first++];
            }

            means[sample] = (flux.Times[sample], sum / (sample - first + 1));
        }

        return new TimedSeries(means);
    }

    /// <summary>Standard deviation of one sample in the span (n - 1).</summary>
    public static double Sigma(TimedSeries span)
    {
        double mean = span.Values.Average();
        return span.Count < 2 ? double.NaN : Math.Sqrt(span.Values.Sum(value => (value - mean) * (value - mean)) / (span.Count - 1));
    }

    /// <summary>First time from <paramref name="from"/> to <paramref name="to"/> (on the clock of the signal); null is a valid result.</summary>
    public static double? Find(TimedSeries mean, double sigma, double from, double to)
    {
        if (double.IsNaN(sigma))
        {
            return null; // with one sample of background nothing stands out of its noise
        }

        double? began = null;
        int samples = 0;
        for (int sample = 0; sample < mean.Count; sample++)
        {
            double time = mean.Times[sample];
            if (time < from)
            {
                continue;
            }

            if (mean.Values[sample] <= Sigmas * sigma)
            {
                (began, samples) = (null, 0);
                continue;
            }

            began ??= time;
            samples++;
            if (began > to)
            {
                return null;
            }

            if (time - began >= StaysSeconds && samples >= StaysSamples)
            {
                return began;
            }
        }

        return null;
    }

    /// <summary>When the gas has ended: the mean has stayed below 3 sigma for 30 min from here on, not during charge. Null: it has not by the last sample.</summary>
    public static double? FindEnd(TimedSeries mean, double sigma, double from)
    {
        const double quietSeconds = 1800;
        double? began = null;
        for (int sample = 0; sample < mean.Count; sample++)
        {
            double time = mean.Times[sample];
            if (time < from || !(mean.Values[sample] < Sigmas * sigma)) // nor does anything end where the noise is not known
            {
                began = null;
                continue;
            }

            began ??= time;
            if (time - began >= quietSeconds)
            {
                return began;
            }
        }

        return null;
    }
}
