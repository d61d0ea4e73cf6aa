using CellLab.CellModel;

namespace CellLab.HardwareSim.Expected;

/// <summary>Published figures of the cell model for the operando cells (docs: the simulated cell), with what the paper has for them.</summary>
public static class ExpectedOperando
{
    private const string PatternNote =
        "(003): the paper's 18.26-18.42 and 18.13-18.21 degrees mean c = 14.4 to 14.7 A, more than such oxides have; its cell probably stood off the axis. The spans are what counts.";

    /// <summary>The cell in the flow of the mass spectrometer, at 0.1C.</summary>
    /// <exception cref="ArgumentException">The model has no such material.</exception>
    public static IReadOnlyList<ExpectedFigure> Flow(string material)
    {
        bool plain = IsPlain(material);
        return
        [
            new("o2_umol_per_mg", "O2, first cycle", "umol/mg", plain ? 0.270 : 0.0999, 3, true, "0.0000", plain ? "0.27" : "0.10"),
            new("o2_onset_mah_g", "O2 onset, 3 sigma", "mAh/g", plain ? 224.3 : 239.9, 2, false, "0.0", plain ? "earlier" : "later"),
            new("o2_one_percent_mah_g", "1 % of the O2 out", "mAh/g", plain ? 233.1 : 244.3, 2, false, "0.0", ""),
            new("eis_d_before_cm2_s", "D by impedance, as assembled", "cm2/s", plain ? 1.26e-14 : 3.10e-14, 12, true, "0.00e+0", plain ? "1.26e-14" : "3.10e-14"),
        ];
    }

    /// <summary>The cell in the beam: lowest and highest position of (003) over the first cycle at 0.1C, displacement offset taken off.</summary>
    /// <exception cref="ArgumentException">The model has no such material.</exception>
    public static IReadOnlyList<ExpectedFigure> Beam(string material)
    {
        bool plain = IsPlain(material);
        return
        [
            new("xrd_003_low_deg", "(003), lowest", "degrees", plain ? 18.260 : 18.130, 0.005, false, "0.000", plain ? "18.26" : "18.13"),
            new("xrd_003_high_deg", "(003), highest", "degrees", plain ? 18.411 : 18.206, 0.005, false, "0.000", plain ? "18.42" : "18.21"),
        ];
    }

    public static IReadOnlyList<string> BeamNotes { get; } = [PatternNote];

    private static bool IsPlain(string material) => Materials.Get(material).Material == "LMNO";
}
