namespace CellLab.HardwareSim.Gas;

/// <summary>Where the simulated source shows the gases. Fragments differ from the published patterns (70 eV, NIST) by 5 %, up and down in turn
/// along each row, so that only the calibration bottle gives the right figures; argon's isotopes are as in nature.</summary>
internal static class CrackingPattern
{
    private static readonly (int Mass, double Share)[] s_argon = [(40, 1), (20, 0.146), (36, 0.00335), (38, 0.0005)];
    private static readonly (int Mass, double Share)[] s_oxygen = Shifted((32, 1), (16, 0.218));
    private static readonly (int Mass, double Share)[] s_nitrogen = Shifted((28, 1), (14, 0.138), (29, 0.0074));
    private static readonly (int Mass, double Share)[] s_water = Shifted((18, 1), (17, 0.21), (16, 0.01));

    private static readonly (int Mass, double Share)[] s_carbonDioxide =
        Shifted((44, 1), (28, 0.0981), (16, 0.0961), (12, 0.0871), (22, 0.019), (45, 0.012), (46, 0.004));

    /// <summary>Signal at a whole mass relative to a pure gas's base peak; every gas is seen alike.</summary>
    public static double At(int mass, GasFractions gas) =>
        (gas.Argon * Share(s_argon, mass))
        + (gas.Oxygen * Share(s_oxygen, mass))
        + (gas.Nitrogen * Share(s_nitrogen, mass))
        + (gas.Water * Share(s_water, mass))
        + (gas.CarbonDioxide * Share(s_carbonDioxide, mass));

    private static double Share((int Mass, double Share)[] row, int mass)
    {
        foreach ((int at, double share) in row)
        {
            if (at == mass)
            {
                return share;
            }
        }

        return 0;
    }

    private static (int Mass, double Share)[] Shifted(params (int Mass, double Share)[] published) =>
        [.. published.Select((peak, i) => i == 0 ? peak : (peak.Mass, peak.Share * (i % 2 == 1 ? 1.05 : 0.95)))];
}
