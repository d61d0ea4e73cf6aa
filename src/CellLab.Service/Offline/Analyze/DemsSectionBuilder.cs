using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Masses;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Ion currents to the section <c>dems</c>.</summary>
internal static class DemsSectionBuilder
{
    private const double PeakReach = 0.5;

    public static DemsSection Build(MassFile file, Electrochemistry cell, DemsInput input, FindingLog log)
    {
        Dictionary<string, TimedSeries> masses = file.Masses.ToDictionary(
            mass => mass.Key, mass => input.MassOffsetsS.TryGetValue(mass.Key, out double offset) ? mass.Value.Shifted(offset) : mass.Value);
        CalibrationEntry[] calibrations = [.. input.Calibrations.Select(one => Calibrate(one, masses, cell, log)).OfType<CalibrationEntry>()];
        return new DemsSection(
            masses.Where(mass => mass.Value.Count > 0).ToDictionary(mass => mass.Key, mass => Entry(mass.Value)),
            [.. file.Sweeps.Select(Entry)],
            calibrations,
            [.. input.Fluxes.Select(one => FluxOf(one, masses, calibrations, log)).OfType<FluxEntry>()],
            new GasAnalysis(masses, cell, input, calibrations, log).Run(),
            $"{GasAmount.MethodVersion}, {Onset.MethodVersion}");
    }

    /// <summary>Names of masses are numbers as text; programs read them as numbers.</summary>
    private static double NumberOf(string mz) =>
        double.TryParse(mz, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    private static MassEntry Entry(TimedSeries mass) => new(mass.Count, mass.Times[0], mass.Values.Min(), mass.Values.Max(), mass.Values.Average());

    private static SweepEntry Entry(MassSweep sweep)
    {
        var peaks = new SortedDictionary<int, double>();
        foreach ((double mz, double amperes) in sweep.Points)
        {
            int whole = (int)Math.Floor(mz + PeakReach);
            peaks[whole] = peaks.TryGetValue(whole, out double largest) ? Math.Max(largest, amperes) : amperes;
        }

        return new SweepEntry(
            sweep.Points.Count, sweep.Points[0].Mz, sweep.Points[^1].Mz,
            peaks.ToDictionary(peak => peak.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), peak => peak.Value), sweep.Seconds);
    }

    private static CalibrationEntry? Calibrate(CalibrationInput input, Dictionary<string, TimedSeries> masses, Electrochemistry cell, FindingLog log)
    {
        if (Above(input.Mz, input.Background, masses, log) is not { } signal)
        {
            return null;
        }

        if (!cell.HasCurrent)
        {
            log.Error(ForeignCodes.MissingColumn, null, input.Mz, $"calibration of {input.Gas}: no current beside the signal; name the electrochemistry file, or current_ma with charge_span_s");
            return null;
        }

        FluxCalibration result = FluxCalibration.Of(
            signal.Integral(input.Span.From, input.Span.To), cell.Coulombs(input.Span.From, input.Span.To), input.Electrons);
        return new CalibrationEntry(input.Gas, NumberOf(input.Mz), result.SignalCoulombs, result.ChargeCoulombs, result.SensitivityCPerMol);
    }

    private static FluxEntry? FluxOf(FluxInput input, Dictionary<string, TimedSeries> masses, CalibrationEntry[] calibrations, FindingLog log)
    {
        double? sensitivity = input.SensitivityCPerMol
            ?? calibrations.FirstOrDefault(one => one.Gas == input.Gas && one.Mz == NumberOf(input.Mz))?.SensitivityCPerMol;
        if (sensitivity is not { } factor)
        {
            log.Error(ForeignCodes.Settings, null, input.Mz, $"flux of {input.Gas}: no sensitivity; give sensitivity_c_per_mol or a calibration of the same gas and m/z");
            return null;
        }

        if (Above(input.Mz, input.Background, masses, log) is not { Count: > 0 } signal)
        {
            return null;
        }

        Span span = input.Span ?? new Span(signal.Times[0], signal.Times[^1]);
        TimedSeries flux = signal.Select((_, amperes) => amperes / factor);
        TimedSeries inside = flux.Between(span.From, span.To);
        int largest = inside.Count == 0 ? -1 : Enumerable.Range(0, inside.Count).MaxBy(sample => inside.Values[sample]);
        return new FluxEntry(
            input.Gas, NumberOf(input.Mz), inside.Count, largest < 0 ? null : inside.Values[largest], largest < 0 ? null : inside.Times[largest],
            inside.Integral(), flux.Integral(span.From, span.To));
    }

    /// <summary>The signal of a mass above the mean of its background span.</summary>
    private static TimedSeries? Above(string mz, Span? background, Dictionary<string, TimedSeries> masses, FindingLog log)
    {
        if (!masses.TryGetValue(mz, out TimedSeries? mass))
        {
            log.Error(ForeignCodes.MissingColumn, null, mz, $"the file has no m/z {mz}; it has {string.Join(", ", masses.Keys)}");
            return null;
        }

        double? level = background is { } span ? mass.Mean(span.From, span.To) : 0;
        if (level is null)
        {
            log.Error(ForeignCodes.Settings, null, mz, $"no sample of m/z {mz} lies in the background span {background}");
            return null;
        }

        return mass.Select((_, amperes) => amperes - level.Value);
    }
}
