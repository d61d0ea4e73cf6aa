using CellLab.Analysis.Dems;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Potential and current beside a gas signal; either may be missing. <paramref name="ConstantAmperes"/> stands in for a current that was not recorded,
/// within the charge span.</summary>
internal sealed record Electrochemistry(TimedSeries? Volts, TimedSeries? Amperes, double? ConstantAmperes, Span? ChargeSpan)
{
    private const double ShareOfCharging = 1e-2;

    /// <summary>As told, else the longest stretch of charging current.</summary>
    public Span? Charge { get; } = ChargeSpan ?? (Amperes is null ? null : Longest(Amperes));

    /// <summary>Charge in C between two times, positive when charging.</summary>
    public double Coulombs(double from, double to)
    {
        if (Amperes is not null)
        {
            return Amperes.Integral(from, to);
        }

        if (ConstantAmperes is not { } amperes)
        {
            return 0;
        }

        (double first, double last) = Charge is { } charge ? (Math.Max(from, charge.From), Math.Min(to, charge.To)) : (from, to);
        return amperes * Math.Max(0, last - first);
    }

    public bool HasCurrent => Amperes is not null || ConstantAmperes is not null;

    private static Span? Longest(TimedSeries amperes)
    {
        double threshold = ShareOfCharging * amperes.Values.DefaultIfEmpty(0).Max();
        Span? longest = null;
        double? began = null;
        for (int sample = 0; sample < amperes.Count && threshold > 0; sample++)
        {
            if (amperes.Values[sample] <= threshold)
            {
                began = null;
                continue;
            }

            began ??= amperes.Times[sample];
            if (longest is not { } known || amperes.Times[sample] - began > known.To - known.From)
            {
                longest = new Span(began.Value, amperes.Times[sample]);
            }
        }

        return longest;
    }
}
