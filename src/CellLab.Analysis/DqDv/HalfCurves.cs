namespace CellLab.Analysis.DqDv;

/// <summary>Makes the result of a half cycle, following peaks and limits from the one before.</summary>
public static class HalfCurves
{
    private const double Milli = 1e3;
    private const double SamePeakVolts = 0.08;

    /// <returns>Null when no charge flowed.</returns>
    public static HalfCurve? Of(ChargeHistogram histogram, string direction, RedoxLimits defaults, HalfCurve? before)
    {
        if (histogram.TotalAh <= 0)
        {
            return null;
        }

        DqDvCurve curve = DqDvCurve.Of(histogram, DqDvCurve.DefaultSigmaVolts);
        double? lower = FollowedLimits.Next(curve, before?.FollowedLowerV ?? defaults.LowerVolts);
        double? upper = FollowedLimits.Next(curve, before?.FollowedUpperV ?? defaults.UpperVolts);
        TrackedPeak[] peaks = Track(DqDvPeak.Find(curve), before);
        return new HalfCurve
        {
            Direction = direction,
            ChargeMah = histogram.TotalAh * Milli,
            Peaks = peaks,
            LastTrack = peaks.Select(peak => peak.Track).Append(before?.LastTrack ?? 0).Max(),
            SharesDefault = Shares(histogram, defaults),
            SharesFollowed = lower is { } low && upper is { } high && low < high ? Shares(histogram, new RedoxLimits(low, high)) : null,
            FollowedLowerV = lower ?? before?.FollowedLowerV,
            FollowedUpperV = upper ?? before?.FollowedUpperV,
            Curve = new CurveView(curve.VoltsAt(0), curve.BinVolts, [.. curve.AhPerVolt.Select(value => value * Milli)]),
        };
    }

    private static SharesView Shares(ChargeHistogram histogram, RedoxLimits limits)
    {
        RedoxShares shares = RedoxShares.Of(histogram, limits);
        return new SharesView(limits.LowerVolts, limits.UpperVolts, shares.OxygenManganeseAh * Milli, shares.NickelAh * Milli, shares.OxygenAh * Milli);
    }

    /// <summary>Each peak keeps the number of the nearest one of the cycle before within 0.08 V, nearest pairs first; others get new numbers.</summary>
    private static TrackedPeak[] Track(IReadOnlyList<DqDvPeak> peaks, HalfCurve? before)
    {
        var tracks = new Dictionary<DqDvPeak, int>();
        var pairs = from peak in peaks
                    from old in before?.Peaks ?? []
                    let distance = Math.Abs(peak.Volts - old.VoltageV)
                    where distance <= SamePeakVolts
                    orderby distance
                    select (peak, old.Track);
        foreach ((DqDvPeak peak, int track) in pairs)
        {
            if (!tracks.ContainsKey(peak) && !tracks.ContainsValue(track))
            {
                tracks[peak] = track;
            }
        }

        int last = before?.LastTrack ?? 0;
        return [.. peaks.Select(peak => new TrackedPeak(tracks.TryGetValue(peak, out int known) ? known : ++last, peak.Volts, peak.AhPerVolt * Milli, peak.AreaAh * Milli))];
    }
}
