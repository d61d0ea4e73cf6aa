using CellLab.CellModel;

namespace CellLab.HardwareSim.Expected;

/// <summary>Published figures of the cell model for life tests (docs: the simulated cell): one cycle at 0.1C, then cycles at one rate, constant current
/// between 2.0 and 4.8 V without rests; for 1C one more cycle at 0.1C and two hours of rest before the spectrum.</summary>
public sealed record ExpectedLife(IReadOnlyList<ExpectedFigure> Figures, IReadOnlyList<string> Notes)
{
    public const string DiffusionMember = "eis_d_after_cm2_s";

    private const string EnergyNote =
        "Energy retention: the paper's 75.6 and 95.1 % do not follow from its own capacity retention and voltage decay, which give 78.8 and 93.3 %; the model keeps the latter.";

    /// <exception cref="ArgumentException">The model has no such material.</exception>
    public static ExpectedLife At1C(string material)
    {
        bool plain = IsPlain(material);
        return new ExpectedLife(
        [
            Percent("first_discharge_mah_g", "1C discharge, cycle 1", "mAh/g", plain ? 141.02 : 164.98, 1, "0.00", plain ? "141.0" : "165.0"),
            Percent("last_discharge_mah_g", "1C discharge, cycle 200", "mAh/g", plain ? 121.00 : 163.00, 1, "0.00", plain ? "121" : "163"),
            Points("retention_first_percent", "retention, 200 cycles, first", "%", plain ? 85.80 : 98.80, 0.5, "0.00", plain ? "85.8" : "98.8"),
            Points("retention_best_percent", "retention, 200 cycles, best", "%", plain ? 82.88 : 95.28, 0.5, "0.00"),
            Points("first_mean_discharge_voltage_v", "mean discharge voltage, cycle 1", "V", plain ? 3.3870 : 3.5120, 0.005, "0.0000", plain ? "3.387" : "3.512"),
            Points("voltage_decay_two_point_percent_per_cycle", "voltage decay, two-point", "%/cycle", plain ? 0.0410 : 0.0280, 0.001, "0.0000", plain ? "0.041" : "0.028"),
            Points("voltage_decay_least_squares_percent_per_cycle", "voltage decay, least squares", "%/cycle", plain ? 0.0417 : 0.0286, 0.001, "0.0000"),
            Points("energy_retention_percent", "energy retention", "%", plain ? 78.76 : 93.27, 0.5, "0.00", plain ? "75.6" : "95.1"),
            Percent(DiffusionMember, "D by impedance, after", "cm2/s", plain ? 6.10e-15 : 1.48e-14, 12, "0.00e+0", plain ? "6.10e-15" : "1.48e-14"),
        ], [EnergyNote]);
    }

    /// <exception cref="ArgumentException">The model has no such material.</exception>
    public static ExpectedLife At5C(string material)
    {
        bool plain = IsPlain(material);
        return new ExpectedLife(
        [
            Percent("first_discharge_mah_g", "5C discharge, cycle 1", "mAh/g", plain ? 78.9 : 133.8, 1.5, "0.0"),
            Points("retention_first_percent", "retention, 400 cycles, first", "%", plain ? 84.00 : 92.20, 0.7, "0.00", plain ? "84.0" : "92.2"),
            Points("retention_best_percent", "retention, 400 cycles, best", "%", plain ? 79.45 : 89.35, 0.7, "0.00"),
        ], []);
    }

    private static bool IsPlain(string material) => Materials.Get(material).Material == "LMNO";

    private static ExpectedFigure Percent(string member, string quantity, string unit, double value, double tolerance, string format, string paper = "") =>
        new(member, quantity, unit, value, tolerance, true, format, paper);

    private static ExpectedFigure Points(string member, string quantity, string unit, double value, double tolerance, string format, string paper = "") =>
        new(member, quantity, unit, value, tolerance, false, format, paper);
}
