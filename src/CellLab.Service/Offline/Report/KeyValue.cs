using System.Text.Json;

namespace CellLab.Service.Offline.Report;

/// <summary>A figure of merit that is compared between cells.</summary>
/// <param name="Of">Null where the job does not tell it.</param>
internal sealed record KeyValue(string Name, string Unit, string Format, Func<ReportedJob, double?> Of)
{
    /// <summary>Standard uncertainty of the value of one job; null where the method gives none.</summary>
    public Func<ReportedJob, double?> Sigma { get; init; } = _ => null;

    public static IReadOnlyList<KeyValue> All { get; } =
    [
        new("first charge", "mAh/g", "0.0", job => First(job)?.ChargeMahG),
        new("first discharge", "mAh/g", "0.0", job => First(job)?.DischargeMahG),
        new("first coulombic efficiency", "%", "0.00", job => First(job)?.CoulombicEfficiencyPercent),
        new("O2, whole cycle", "umol/mg", "0.0000", job => Gas(job, "O2", "umol_per_mg")) { Sigma = job => Gas(job, "O2", "umol_per_mg_sigma") },
        new("O2, charge part", "umol/mg", "0.0000", job => Gas(job, "O2", "umol_per_mg_charge")),
        new("O2 signal missing, left out of the amount", "s", "0", job => Missing(job, "O2")),
        new("O2 onset, 3 sigma", "mAh/g", "0.0", job => Gas(job, "O2", "onset_mah_g")),
        new("O2 onset, 3 sigma", "V", "0.000", job => Gas(job, "O2", "onset_v")),
        new("O2 onset at the end of a gap in the signal: not before", "mAh/g", "0.0", job => Gas(job, "O2", "onset_not_before_mah_g")),
        new("1 % of O2 out", "mAh/g", "0.0", job => Gas(job, "O2", "one_percent_mah_g")),
        new("D by impedance, first spectrum", "cm2/s", "0.00e+0", job => job.Impedance.Count > 0 ? Diffusion(job.Impedance[0]) : null) { Sigma = job => DiffusionSigma(job.Impedance[0]) },
        new("D by impedance, last spectrum", "cm2/s", "0.00e+0", job => job.Impedance.Count > 1 ? Diffusion(job.Impedance[^1]) : null) { Sigma = job => DiffusionSigma(job.Impedance[^1]) },
        Resistance("R0"),
        Resistance("R1"),
        Resistance("R2"),
        new("CO2, whole cycle", "umol/mg", "0.0000", job => Gas(job, "CO2", "umol_per_mg")) { Sigma = job => Gas(job, "CO2", "umol_per_mg_sigma") },
        new("D by GITT, median", "cm2/s", "0.00e+0", job => Median([.. job.Gitt.Select(pulse => pulse.Number("d_cm2_s")).OfType<double>()])),
        new("(003), lowest", "degrees", "0.000", job => Angles(job) is { Length: > 0 } angles ? angles.Min() : null) { Sigma = job => AngleSigma(job, lowest: true) },
        new("(003), highest", "degrees", "0.000", job => Angles(job) is { Length: > 0 } angles ? angles.Max() : null) { Sigma = job => AngleSigma(job, lowest: false) },
        new("retention against the first", "%", "0.00", job => Longest(job)?.RetentionFirstPercent),
        new("retention against the best", "%", "0.00", job => Longest(job)?.RetentionBestPercent),
        new("voltage decay, two-point", "% per cycle", "0.0000", job => Longest(job)?.VoltageDecayTwoPointPercentPerCycle),
        new("voltage decay, least squares", "% per cycle", "0.0000", job => Longest(job)?.VoltageDecayLeastSquaresPercentPerCycle),
    ];

    private static Analysis.Cycling.CycleView? First(ReportedJob job) => job.Cycles.FirstOrDefault(cycle => cycle is { Cycle: 1, Complete: true });

    private static Analysis.Cycling.FadeSummary? Longest(ReportedJob job) => job.Life?.Blocks.Where(block => block.Cycles >= 10).MaxBy(block => block.Cycles);

    private static double? Gas(ReportedJob job, string gas, string member) => job.Gas.Count > 0 ? job.Gas[^1].Number("gases", gas, member) : null;

    private static double? Missing(ReportedJob job, string gas) =>
        job.Gas.Count > 0 && job.Gas[^1].Number("gases", gas, "details", "missing_s") is > 0 and var seconds ? seconds : null;

    private static double? Diffusion(JsonElement spectrum) =>
        spectrum.Items("eis", "warburg").Select(tail => tail.Number("d_cm2_s")).FirstOrDefault();

    /// <summary>D goes with 1/slope squared; area and concentration are taken as exact.</summary>
    private static double? DiffusionSigma(JsonElement spectrum) => spectrum.Items("eis", "warburg")
        .Select(tail => 2 * tail.Number("sigma_error_ohm_s05") / tail.Number("sigma_ohm_s05") * tail.Number("d_cm2_s")).FirstOrDefault();

    private static KeyValue Resistance(string name) =>
        new($"{name} of the circuit, first spectrum", "ohm", "0.00", job => Parameter(job, name, "value")) { Sigma = job => Parameter(job, name, "sigma") };

    private static double? Parameter(ReportedJob job, string name, string member) =>
        job.Impedance.Count > 0 ? job.Impedance[0].Number("eis", "circuit", "parameters", name, member) : null;

    private static double? AngleSigma(ReportedJob job, bool lowest)
    {
        JsonElement[] patterns = [.. job.Patterns.Where(pattern => PatternPosition.Of003(pattern) is not null).OrderBy(PatternPosition.Of003)];
        return patterns.Length == 0 ? null : (lowest ? patterns[0] : patterns[^1]).Number("xrd", "peaks", "003", "sigma_deg");
    }

    private static double[] Angles(ReportedJob job) => [.. job.Patterns.Select(PatternPosition.Of003).OfType<double>()];

    private static double? Median(double[] values) => values.Length == 0 ? null : values.Order().ElementAt(values.Length / 2);
}
