using System.Globalization;
using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Backgrounds of the masses from a span before the gas and, where there is one, a span after it.</summary>
internal sealed class GasBackgrounds(DemsInput input, IReadOnlyDictionary<string, TimedSeries> ratios)
{
    private const double DefaultDecaySeconds = 7200;
    private const double ShortestAfterSeconds = 3600;
    private const int FewestSamples = 30;
    private const double ShareOfBottle = 0.1;
    private const double Lags = 5;
    private const double Significant = 10;

    /// <summary>The span after the gas that somebody named, or what follows the end that somebody named; null for neither.</summary>
    public Span? Told => input.BackgroundSpanAfter ?? (input.IntegrateUntilS is { } end ? From(end) : null);

    /// <summary>From a time without gas to the end of the signal, or to where gas of the bottle begins; null where that is less than an hour.</summary>
    public Span? From(double end)
    {
        double until = ratios.Values.Where(ratio => ratio.Count > 0).Select(ratio => Math.Min(ratio.Times[^1], BottleAfter(ratio, end))).DefaultIfEmpty(end).Min();
        return until - end >= ShortestAfterSeconds ? new Span(end, until) : null;
    }

    /// <returns>Null, and an error in the log, where a mass has no sample in the span before.</returns>
    public Dictionary<string, Background>? Of(Span? after, FindingLog log)
    {
        var backgrounds = new Dictionary<string, Background>();
        foreach ((string mass, TimedSeries ratio) in ratios)
        {
            TimedSeries before = ratio.Between(input.BackgroundSpan!.Value.From, input.BackgroundSpan.Value.To);
            if (before.Count == 0)
            {
                log.Error(ForeignCodes.Settings, null, mass, $"no sample of m/z {mass} lies in the background span");
                return null;
            }

            if (before.Count < FewestSamples)
            {
                log.Warning("background", null, mass, string.Create(
                    CultureInfo.InvariantCulture, $"the background span has {before.Count} {(before.Count == 1 ? "sample" : "samples")} of m/z {mass}, fewer than {FewestSamples}: its noise, and an onset by it, are poorly known"));
            }

            backgrounds[mass] = Model(mass, before, after is { } told && ratio.Between(told.From, told.To) is { Count: > 1 } behind ? behind : null, log);
        }

        return backgrounds;
    }

    private Background Model(string mass, TimedSeries before, TimedSeries? after, FindingLog log)
    {
        switch (input.BackgroundModel)
        {
            case BackgroundModel.Linear when after is not null:
                return Background.Linear(before, after);
            case BackgroundModel.Linear:
                log.Warning("background", null, mass, $"m/z {mass}: no span after the gas for a linear background; the mean of the span before is taken (background_span_after_s names one)");
                return Background.Constant(before);
            case BackgroundModel.Exponential:
                return Background.Exponential(before, after, input.BackgroundDecayS ?? (after is null ? DefaultDecaySeconds : null));
            default:
                return Background.Constant(before);
        }
    }

    /// <summary>The last row before gas of the bottle is seen after a time, or the lags of the line earlier; infinite where it is not seen.</summary>
    private double BottleAfter(TimedSeries ratio, double end)
    {
        Span without = input.CalibrationBackgroundSpan ?? input.BackgroundSpan!.Value;
        TimedSeries quiet = ratio.Between(without.From, without.To);
        if (input.CalibrationSpan is not { } span || quiet.Count < 2 || ratio.Mean(span.From, span.To) is not { } level)
        {
            return double.PositiveInfinity;
        }

        double floor = quiet.Values.Average(), rise = level - floor;
        int first = rise > Significant * Onset.Sigma(quiet)
            ? Enumerable.Range(0, ratio.Count).FirstOrDefault(sample => ratio.Times[sample] > end && ratio.Values[sample] > floor + (ShareOfBottle * rise), -1)
            : -1;
        return first < 1 ? double.PositiveInfinity : Math.Min(ratio.Times[first - 1], ratio.Times[first] - (Lags * input.MixingTimeS)); // its first row is none of the background
    }
}
