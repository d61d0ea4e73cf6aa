namespace CellLab.Analysis.Dems;

/// <summary>Integrals of a flux over a cycle. Negative values are kept: to clip them would turn noise into gas.</summary>
public static class GasAmount
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "dems-1";

    private const double CyclesOfAGap = 3;

    /// <summary>Integral from one time to another, parts of it where samples are more than three usual intervals apart left out and told.</summary>
    public static (double Amount, double MissingSeconds) Integrate(TimedSeries flux, double from, double to)
    {
        if (flux.Count < 2)
        {
            return (0, Math.Max(0, to - from));
        }

        double usual = UsualInterval(flux);
        double amount = 0, missing = 0, start = flux.Times[0];
        for (int sample = 1; sample < flux.Count; sample++)
        {
            double gap = flux.Times[sample] - flux.Times[sample - 1];
            if (gap > CyclesOfAGap * usual)
            {
                amount += flux.Integral(Math.Max(from, start), Math.Min(to, flux.Times[sample - 1]));
                missing += Math.Max(0, Math.Min(to, flux.Times[sample]) - Math.Max(from, flux.Times[sample - 1]));
                start = flux.Times[sample];
            }
        }

        return (amount + flux.Integral(Math.Max(from, start), to), missing);
    }

    /// <summary>Begin and end of the last gap (more than three usual intervals) that an onset at this time may lie in: it ends within the reach of the trailing mean
    /// before it. Null for none.</summary>
    public static (double From, double To)? GapBefore(TimedSeries flux, double time)
    {
        if (flux.Count < 2)
        {
            return null;
        }

        double usual = UsualInterval(flux);
        double reach = Math.Max(Onset.MeanSeconds, Onset.MeanSamples * usual);
        for (int sample = flux.Count - 1; sample > 0 && flux.Times[sample] >= time - reach; sample--)
        {
            if (flux.Times[sample] <= time && flux.Times[sample] - flux.Times[sample - 1] > CyclesOfAGap * usual)
            {
                return (flux.Times[sample - 1], flux.Times[sample]);
            }
        }

        return null;
    }

    /// <summary>When a share of the whole is out.</summary>
    public static double? TimeOfShare(TimedSeries flux, double from, double to, double share)
    {
        TimedSeries span = flux.Between(from, to);
        double wanted = share * flux.Integral(from, to);
        double sum = 0;
        for (int sample = 1; sample < span.Count; sample++)
        {
            double next = sum + ((span.Values[sample] + span.Values[sample - 1]) / 2 * (span.Times[sample] - span.Times[sample - 1]));
            if (next >= wanted && wanted > 0 && StaysAbove(span, sample, next, wanted))
            {
                double part = next > sum ? (wanted - sum) / (next - sum) : 1;
                return span.Times[sample - 1] + (Math.Clamp(part, 0, 1) * (span.Times[sample] - span.Times[sample - 1]));
            }

            sum = next;
        }

        return null;
    }

    /// <summary>Noise before the gas may carry the sum over the limit for a moment; the crossing that counts is the last upward one.</summary>
    private static bool StaysAbove(TimedSeries span, int from, double sum, double wanted)
    {
        for (int sample = from + 1; sample < span.Count; sample++)
        {
            sum += (span.Values[sample] + span.Values[sample - 1]) / 2 * (span.Times[sample] - span.Times[sample - 1]);
            if (sum < wanted)
            {
                return false;
            }
        }

        return true;
    }

    private static double UsualInterval(TimedSeries flux)
    {
        double[] intervals = [.. Enumerable.Range(1, flux.Count - 1).Select(sample => flux.Times[sample] - flux.Times[sample - 1])];
        Array.Sort(intervals);
        return intervals[intervals.Length / 2];
    }
}
