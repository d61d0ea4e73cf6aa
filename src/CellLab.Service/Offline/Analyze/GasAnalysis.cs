using System.Globalization;
using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Ion currents to amounts of gas: internal standard, background, overlap, calibration, carrier, integral, onset (in this order).</summary>
internal sealed class GasAnalysis(
    IReadOnlyDictionary<string, TimedSeries> masses, Electrochemistry cell, DemsInput input, IReadOnlyList<CalibrationEntry> calibrations, FindingLog log)
{
    private static readonly Dictionary<string, string> BasePeaks = new()
    {
        ["O2"] = "32", ["CO2"] = "44", ["CO"] = "28", ["N2"] = "28", ["H2"] = "2", ["Ar"] = "40", ["H2O"] = "18", ["CH4"] = "15", ["He"] = "4", ["C2H4"] = "26",
    };

    private const double Lags = 5;
    private const double SmallestNoise = 1e-6;

    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> _fragments = FragmentsOf(input);

    private readonly Dictionary<string, TimedSeries> _fluxes = [];

    /// <summary>mol/s of each gas on the clock of the signal, after <see cref="Run"/>.</summary>
    public IReadOnlyDictionary<string, TimedSeries> Fluxes => _fluxes;

    public IReadOnlyDictionary<string, GasEntry> Run()
    {
        var gases = new Dictionary<string, GasEntry>();
        if (_fragments.Count == 0 || !TryNames(out string[] names, out string[] used))
        {
            return gases;
        }

        if (input.BackgroundSpan is null)
        {
            log.Error(ForeignCodes.Settings, null, "background_span_s", "gases need background_span_s, a span before the gas");
            return gases;
        }

        if (input.InternalStandardMz is { } standard && !(masses.TryGetValue(standard, out TimedSeries? reference) && reference.Count > 0))
        {
            log.Error(ForeignCodes.MissingColumn, null, standard, $"the internal standard, m/z {standard}, is not in the file: without it drift of the sensitivity would be taken for gas; take internal_standard_mz out or name another");
            return gases;
        }

        NoteMissing();
        Dictionary<string, TimedSeries> ratios = used.ToDictionary(mass => mass, Ratio);
        var grounds = new GasBackgrounds(input, ratios);
        Span? after = grounds.Told ?? (EndOfGas(names, used, ratios, grounds) is { } end ? grounds.From(end) : null);
        if (grounds.Of(after, log) is not { } backgrounds || Solver(names, used, ratios, backgrounds, log) is not { } overlap)
        {
            return gases;
        }

        for (int gas = 0; gas < names.Length; gas++)
        {
            if (input.OnlyTakenOff.Contains(names[gas]))
            {
                continue;
            }

            string mz = BaseOf(names[gas]);
            if (GasCalibration.Of(names[gas], gas, used, ratios, overlap, input, calibrations, log) is not { } calibration)
            {
                continue;
            }

            TimedSeries flux = Signal(gas, ratios[mz], used, ratios, overlap, backgrounds).Select((time, value) => value * calibration.MolPerSecondAndUnitAt(time));
            _fluxes[names[gas]] = flux;
            gases[names[gas]] = Entry(names[gas], flux, calibration, _fragments[names[gas]].Keys.ToDictionary(mass => mass, mass => backgrounds[mass]));
        }

        return gases;
    }

    private void NoteMissing()
    {
        if (input.ActiveMassMg is null)
        {
            log.Warning(ForeignCodes.Settings, null, "active_mass_mg", "gases without active_mass_mg: amounts and fluxes per mg, and capacities, cannot be told");
        }

        if (cell.Charge is null)
        {
            log.Warning(ForeignCodes.Settings, null, "charge_span_s", "nobody says when the cell was charged (charge_span_s, or a current): the whole file is integrated, and an onset has no capacity");
        }
    }

    /// <summary>As given; without, each calibrated gas alone at its base peak.</summary>
    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> FragmentsOf(DemsInput input) => input.Fragments.Count > 0
        ? input.Fragments
        : input.CalibrationGasPpm.Keys.Select(gas => gas.Length == 0 ? "O2" : gas).Where(BasePeaks.ContainsKey)
            .ToDictionary(gas => gas, gas => (IReadOnlyDictionary<string, double>)new Dictionary<string, double> { [BasePeaks[gas]] = 1 });

    private bool TryNames(out string[] names, out string[] used)
    {
        string[] given = [.. _fragments.Keys];
        string[] all = [.. _fragments.Values.SelectMany(shares => shares.Keys).Distinct()];
        used = [.. all.Where(mass => masses.TryGetValue(mass, out TimedSeries? series) && series.Count > 1)];
        string[] there = used;
        names = [.. given.Where(gas => there.Contains(BaseOf(gas)))];
        foreach (string mass in all.Except(used))
        {
            log.Warning(ForeignCodes.MissingColumn, null, mass, $"m/z {mass} of the fragments is not in the file; it is left out");
        }

        return names.Length > 0;
    }

    private string BaseOf(string gas) => _fragments[gas].MaxBy(share => share.Value).Key;

    /// <summary>Divided by the internal standard, which drifts as the sensitivity does.</summary>
    private TimedSeries Ratio(string mass)
    {
        if (input.InternalStandardMz is not { } standard || !masses.TryGetValue(standard, out TimedSeries? reference) || reference.Count == 0)
        {
            return masses[mass];
        }

        return masses[mass].Select((time, amperes) => reference.At(time) is var level && level != 0 ? amperes / level : double.NaN);
    }

    /// <summary>When the last gas has ended, with a background from before it alone; null where one has not, where nobody knows when the charge was, or where nobody asks.</summary>
    private double? EndOfGas(string[] names, string[] used, Dictionary<string, TimedSeries> ratios, GasBackgrounds grounds)
    {
        var nobody = new FindingLog(); // the same will be said of the final background
        if (!input.SeeksBackgroundAfter || input.BackgroundModel == BackgroundModel.Constant || cell.Charge is not { } charge || grounds.Of(null, nobody) is not { } backgrounds || Solver(names, used, ratios, backgrounds, nobody) is not { } overlap)
        {
            return null;
        }

        double?[] ends = [.. names.Select((name, place) => (name, place)).Where(gas => !input.OnlyTakenOff.Contains(gas.name)).Select(gas =>
        {
            TimedSeries signal = Signal(gas.place, ratios[BaseOf(gas.name)], used, ratios, overlap, backgrounds);
            return Onset.FindEnd(Onset.TrailingMean(signal), SigmaOf(signal), charge.To);
        })];
        return ends.Contains(null) ? null : ends.Max() + input.TransitDelayS + (Lags * input.MixingTimeS);
    }

    /// <summary>A gas' own part of the signal at its base peak, at the times of that mass.</summary>
    private static TimedSeries Signal(
        int place, TimedSeries ratio, string[] used, Dictionary<string, TimedSeries> ratios, Overlap overlap, Dictionary<string, Background> backgrounds) =>
        ratio.Select((time, _) => overlap.Solve([.. used.Select(mass => ratios[mass].At(time) - backgrounds[mass].At(time))])[place]);

    /// <summary>Noise of one sample in the background; in a signal without noise rounding is no gas. Not a number with fewer than two samples.</summary>
    private double SigmaOf(TimedSeries signal) =>
        Math.Max(Onset.Sigma(signal.Between(input.BackgroundSpan!.Value.From, input.BackgroundSpan.Value.To)), SmallestNoise * signal.Values.Max(Math.Abs));

    private Overlap? Solver(string[] names, string[] used, Dictionary<string, TimedSeries> ratios, Dictionary<string, Background> backgrounds, FindingLog said)
    {
        double[,] shares = new double[used.Length, names.Length];
        for (int mass = 0; mass < used.Length; mass++)
        {
            for (int gas = 0; gas < names.Length; gas++)
            {
                shares[mass, gas] = _fragments[names[gas]].GetValueOrDefault(used[mass]);
            }
        }

        try
        {
            Span span = input.BackgroundSpan!.Value;
            double[] sigmas = [.. used.Select(mass => Onset.Sigma(ratios[mass].Select((time, value) => value - backgrounds[mass].At(time)).Between(span.From, span.To)))];
            return new Overlap(shares, sigmas.All(sigma => sigma > 0) ? sigmas : null);
        }
        catch (ArgumentException singular)
        {
            said.Error(ForeignCodes.Settings, null, "fragments", $"fragments: {singular.Message}");
            return null;
        }
    }

    private GasEntry Entry(string gas, TimedSeries flux, GasCalibration calibration, Dictionary<string, Background> backgrounds)
    {
        double delay = input.TransitDelayS + input.MixingTimeS;
        Span charge = cell.Charge ?? new Span(flux.Times[0], flux.Times[^1]);
        TimedSeries mean = Onset.TrailingMean(flux);
        TimedSeries quiet = flux.Between(input.BackgroundSpan!.Value.From, input.BackgroundSpan.Value.To);
        double noise = Onset.Sigma(quiet);
        double sigma = SigmaOf(flux);
        double? ended = input.IntegrateUntilS ?? (Onset.FindEnd(mean, sigma, charge.To) + input.TransitDelayS + (Lags * input.MixingTimeS));
        double from = charge.From + input.TransitDelayS;
        double until = Math.Min(ended ?? flux.Times[^1], flux.Times[^1]);
        (double whole, double missing) = GasAmount.Integrate(flux, from, until);
        (double charged, _) = GasAmount.Integrate(flux, from, charge.To + delay);
        double? onset = Onset.Find(mean, sigma, charge.From, charge.To + delay) - delay;
        double? percent = GasAmount.TimeOfShare(flux, from, until, 0.01) - delay;
        if (missing > 0)
        {
            log.Warning("gap", null, null, string.Create(CultureInfo.InvariantCulture, $"{missing:0} s of the gas signal are missing; the integral leaves them out"));
        }

        double? earliest = onset is { } found && GasAmount.GapBefore(flux, found + delay) is { } gap ? Math.Max(charge.From, gap.From - delay) : null;
        if (earliest is not null)
        {
            log.Warning("onset_gap", null, gas, string.Create(
                CultureInfo.InvariantCulture, $"{gas}: the onset lies in or at the end of a gap in the signal; the gas began between {Capacity(charge, earliest):0.0} and {Capacity(charge, onset):0.0} mAh/g"));
        }

        double noisePerMg = noise * 1e12 / (input.ActiveMassMg ?? double.NaN);
        return new GasEntry(
            PerMg(whole, 1e6), PerMg(charged, 1e6), Capacity(charge, onset), onset is { } at ? cell.Volts?.At(at) : null, Capacity(charge, percent),
            PerMg(flux.Between(from, until).Values.DefaultIfEmpty(double.NaN).Max(), 1e12), onset, until, ended is null, missing, noisePerMg,
            calibration.Value, calibration.Kind, calibration.Change,
            backgrounds.ToDictionary(one => one.Key, one => new BackgroundEntry(
                one.Value.Model, one.Value.A, one.Value.B, one.Value.Model == "exponential" ? one.Value.DecaySeconds : null)))
        {
            OnsetNotBeforeMahG = Capacity(charge, earliest),
            UmolPerMgSigma = GasUncertainty.Of(PerMg(whole, 1e6), noisePerMg, quiet.Count, until - charge.From, input, input.FlowUncertainty, calibration.Kind == GasCalibration.Bottle),
        };
    }

    private double? PerMg(double amount, double scale) => amount * scale / input.ActiveMassMg;

    /// <summary>mAh/g put in since the start of the charge.</summary>
    private double? Capacity(Span charge, double? time) => time is { } at && cell.HasCurrent && input.ActiveMassMg is { } mass
        ? cell.Coulombs(charge.From, at) / 3.6 / (mass * 1e-3)
        : null;
}
