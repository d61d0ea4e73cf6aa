using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Analyze;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.AnalysisRole.Companions.Gas;

/// <summary>Amounts of gas of a job from its signals: the analysis of <c>celllab analyze</c> with spans from the phases of the job, first with a provisional
/// background, then, once an hour without gas has followed, with one through both sides. A small air leak is told by m/z 14 and taken off.</summary>
internal static class GasComputation
{
    private const double CalibrationTailSeconds = 600;
    private const double ShortestAfterSeconds = 3600;
    private const double LeakPpm = 5;

    public static DemsResult? Of(GasSignals signals, GasLine line, double activeMassMg, double oneCAmperes, int? sampleVersion = null)
    {
        if (signals.FirstCharge(oneCAmperes) is not { } charge || Spans(signals, "background") is not [.., _] backgrounds)
        {
            return null;
        }

        Span background = backgrounds.LastOrDefault(span => span.To <= charge.From);
        if (background.To <= background.From)
        {
            return null;
        }

        var log = new FindingLog();
        IReadOnlyDictionary<string, TimedSeries> masses = signals.Masses;
        DemsInput input = Input(signals, line, activeMassMg, masses, charge, background);
        var cell = new Electrochemistry(signals.Volts, signals.Amperes, null, charge);
        GasFluxes first = Run(masses, cell, input, new FindingLog());
        double? leak = LeakOf(first, masses, input, line);
        DemsInput settled = input;
        if (leak > LeakPpm)
        {
            settled = input with { Fragments = GasPatterns.WithAir(masses), OnlyTakenOff = [GasPatterns.Air] };
            first = Run(masses, cell, settled, new FindingLog());
            log.Warning("air_leak", null, "28", FormattableString.Invariant($"m/z 14 and 28 rise together: about {leak:0} ppm of nitrogen get in; the oxygen of air is taken off, mark the data"));
        }

        Span? after = After(signals, first, charge);
        settled = leak > LeakPpm ? settled : settled with { BackgroundSpanAfter = after }; // a leak that began meanwhile is no background of before
        DemsResult result = DemsResult.Of(signals, line, settled, after is null, Run(masses, cell, settled, log), charge, cell, log);
        return result with { Inputs = result.Inputs with { SampleVersion = sampleVersion } };
    }

    private static GasFluxes Run(IReadOnlyDictionary<string, TimedSeries> masses, Electrochemistry cell, DemsInput input, FindingLog log)
    {
        var analysis = new GasAnalysis(masses, cell, input, [], log);
        return new GasFluxes(analysis.Run(), analysis.Fluxes);
    }

    private static DemsInput Input(
        GasSignals signals, GasLine line, double activeMassMg, IReadOnlyDictionary<string, TimedSeries> masses, Span charge, Span background)
    {
        Span[] calibrations = [.. Spans(signals, "calibration").Select(span => span with { From = Math.Max(span.From, span.To - CalibrationTailSeconds) })];
        Span? before = calibrations.Where(span => span.To <= charge.From).Select(span => (Span?)span).LastOrDefault();
        Span? after = calibrations.Where(span => span.From >= charge.To).Select(span => (Span?)span).FirstOrDefault();
        return new DemsInput
        {
            ActiveMassMg = activeMassMg,
            ChargeSpan = charge,
            CarrierMolPerS = line.CarrierMolPerS,
            FlowUncertainty = line.CarrierUncertainty ?? 0,
            TransitDelayS = line.TransitDelayS ?? 0,
            MixingTimeS = line.MixingTimeS ?? 0,
            InternalStandardMz = masses.ContainsKey("36") ? "36" : masses.ContainsKey("40") ? "40" : null,
            BackgroundSpan = background,
            BackgroundModel = BackgroundModel.Exponential,
            CalibrationSpan = before ?? after,
            CalibrationSpanAfter = before is null ? null : after,
            CalibrationGasPpm = line.Bottle.ToDictionary(gas => gas.Gas, gas => gas.Ppm),
            Fragments = GasPatterns.Alone(masses),
        };
    }

    /// <summary>From the end of the last gas to the end of the signal or the next calibration, when that is at least an hour.</summary>
    private static Span? After(GasSignals signals, GasFluxes first, Span charge)
    {
        GasEntry[] ofCell = [.. first.Gases.Where(gas => gas.Key != GasPatterns.Air).Select(gas => gas.Value)];
        if (ofCell.Length == 0 || ofCell.Any(gas => gas.Open))
        {
            return null;
        }

        double from = Math.Max(charge.To, ofCell.Max(gas => gas.IntegratedUntilS));
        double bottle = Spans(signals, "calibration").Where(span => span.From > from).Select(span => span.From).DefaultIfEmpty(double.MaxValue).Min();
        double until = signals.Phases.Where(phase => phase.From < bottle).Max(phase => phase.To); // a row of the bottle is none of the background
        return until - from >= ShortestAfterSeconds ? new Span(from, until) : null;
    }

    /// <summary>ppm of nitrogen over the run by m/z 14, which carbon monoxide does not give; null where it is not measured or nothing is calibrated.</summary>
    private static double? LeakOf(GasFluxes first, IReadOnlyDictionary<string, TimedSeries> masses, DemsInput input, GasLine line)
    {
        if (!masses.TryGetValue("14", out TimedSeries? nitrogen) || !masses.ContainsKey("28") || first.Gases.Values.FirstOrDefault() is not { CalibrationKind: "bottle" } calibrated || line.CarrierMolPerS is null)
        {
            return null;
        }

        TimedSeries ratio = input.InternalStandardMz is { } standard ? nitrogen.Select((time, amperes) => amperes / masses[standard].At(time)) : nitrogen;
        TimedSeries before = ratio.Between(input.BackgroundSpan!.Value.From, input.BackgroundSpan.Value.To);
        Background decay = Background.Exponential(before, null, 7200);
        Span charge = input.ChargeSpan!.Value;
        double rise = ratio.Select((time, value) => value - decay.At(time)).Mean(charge.From, charge.To) ?? 0;
        return rise / GasPatterns.NitrogenShareAt14 / calibrated.Calibration * 1e6;
    }

    private static Span[] Spans(GasSignals signals, string phase) => [.. signals.Phases.Where(one => one.Phase == phase).Select(one => new Span(one.From, one.To))];
}

/// <summary>What one run of the analysis gave; fluxes in mol/s on the clock of the signal.</summary>
internal sealed record GasFluxes(IReadOnlyDictionary<string, GasEntry> Gases, IReadOnlyDictionary<string, TimedSeries> Fluxes);
