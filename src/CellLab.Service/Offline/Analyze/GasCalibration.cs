using CellLab.Analysis.Dems;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.Offline.Analyze;

/// <summary>How a gas' signal becomes a flux: by the ratio to a bottle in the same carrier, else by a sensitivity from an electrode.</summary>
/// <param name="Value">k (signal per mole fraction), or the sensitivity in C/mol.</param>
/// <param name="MolPerSecondAndUnit">Of a signal at the time of the calibration.</param>
internal sealed record GasCalibration(string Kind, double Value, double MolPerSecondAndUnit)
{
    public const string Bottle = "bottle";

    private const double LargestChange = 0.05;

    /// <summary>Share by which the calibration after the run lies above the one before; null with one calibration.</summary>
    public double? Change { get; init; }

    private (double First, double Second) Times { get; init; }

    /// <summary>Interpolated in time between two calibrations.</summary>
    public double MolPerSecondAndUnitAt(double time) => Change is not { } change
        ? MolPerSecondAndUnit
        : MolPerSecondAndUnit / (1 + (change * Math.Clamp((time - Times.First) / (Times.Second - Times.First), 0, 1)));

    public static GasCalibration? Of(
        string gas, int place, string[] used, IReadOnlyDictionary<string, TimedSeries> ratios, Overlap overlap, DemsInput input,
        IReadOnlyList<CalibrationEntry> calibrations, FindingLog log)
    {
        double? ppm = input.CalibrationGasPpm.TryGetValue(gas, out double own) ? own : input.CalibrationGasPpm.TryGetValue("", out double all) ? all : null;
        if (ppm is { } fraction && input.CalibrationSpan is { } span)
        {
            return FromBottle(gas, place, used, ratios, overlap, input, log, fraction * 1e-6, span);
        }

        if (input.InternalStandardMz is null && calibrations.FirstOrDefault(one => one.Gas == gas)?.SensitivityCPerMol is { } sensitivity)
        {
            return new GasCalibration("flux", sensitivity, 1 / sensitivity);
        }

        log.Warning(ForeignCodes.Settings, null, gas, $"{gas} has no calibration: give calibration_gas_ppm with calibration_span_s, or a calibration by charge (without internal standard)");
        return null;
    }

    private static GasCalibration? FromBottle(
        string gas, int place, string[] used, IReadOnlyDictionary<string, TimedSeries> ratios, Overlap overlap, DemsInput input, FindingLog log, double fraction, Span span)
    {
        Span without = input.CalibrationBackgroundSpan ?? input.BackgroundSpan!.Value;
        double?[] rises = [.. used.Select(mass => ratios[mass].Mean(span.From, span.To) - ratios[mass].Mean(without.From, without.To))];
        if (input.CarrierMolPerS is not { } carrier || fraction <= 0 || rises.Any(rise => rise is null))
        {
            log.Error(ForeignCodes.Settings, null, gas, $"{gas}: the calibration needs carrier_mol_per_s, a mole fraction above 0 and samples in both calibration spans");
            return null;
        }

        double slope = overlap.Solve([.. rises.Select(rise => rise!.Value)])[place] / fraction;
        if (slope <= 0)
        {
            return Refused(gas, log);
        }

        var first = new GasCalibration(Bottle, slope, carrier / slope);
        GasCalibration found = input.CalibrationSpanAfter is { } after ? first.With(SlopeOf(after) / slope, span, after) : first;
        if (Math.Abs(found.Change ?? 0) > LargestChange)
        {
            log.Warning("calibration", null, gas, FormattableString.Invariant($"{gas}: the calibrations before and after differ by {100 * found.Change:0.0} %; the sensitivity between them is interpolated"));
        }

        return found;

        double? SlopeOf(Span later)
        {
            double?[] again = [.. used.Select(mass => ratios[mass].Mean(later.From, later.To) - ratios[mass].Mean(without.From, without.To))];
            return again.Any(rise => rise is null) ? null : overlap.Solve([.. again.Select(rise => rise!.Value)])[place] / fraction;
        }
    }

    private GasCalibration With(double? ratio, Span first, Span second) => ratio is > 0 and { } share
        ? this with { Change = share - 1, Times = ((first.From + first.To) / 2, (second.From + second.To) / 2) }
        : this;

    private static GasCalibration? Refused(string gas, FindingLog log)
    {
        log.Error(ForeignCodes.Settings, null, gas, $"{gas}: the signal does not rise in the calibration span; check calibration_span_s");
        return null;
    }
}
