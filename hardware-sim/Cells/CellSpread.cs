using CellLab.CellModel;

namespace CellLab.HardwareSim.Cells;

/// <summary>Cell-to-cell spread: one normal draw per quantity and cell (assumed figures).</summary>
internal static class CellSpread
{
    public static CellParameters Apply(CellParameters p, ulong seed)
    {
        var random = new SplitMix64(seed);
        return p with
        {
            ActiveMassMilligrams = Draw(p.ActiveMassMilligrams, 0.02, ref random),
            ActivatedCapacity = Draw(p.ActivatedCapacity, 0.01, ref random),
            OhmicOhms = Draw(p.OhmicOhms, 0.10, ref random),
            ChargeTransferOhms = Draw(p.ChargeTransferOhms, 0.10, ref random),
            DiffusionSeconds = Draw(p.DiffusionSeconds, 0.08, ref random),
            SlowSeconds = Draw(p.SlowSeconds, 0.08, ref random),
            LossPerSecond = Draw(p.LossPerSecond, 0.10, ref random),
            FadePerCycle = Draw(p.FadePerCycle, 0.10, ref random),
            DiffusionGrowthPerCycle = Draw(p.DiffusionGrowthPerCycle, 0.10, ref random),
            OxygenTotal = Draw(p.OxygenTotal, 0.05, ref random),
        };
    }

    /// <summary>Cut at three standard deviations: a cell beyond would have been sorted out.</summary>
    private static double Draw(double value, double share, ref SplitMix64 random) =>
        value * (1 + (share * Math.Clamp(random.NextNormal(), -3, 3)));
}
