namespace CellLab.CellModel;

/// <summary>The (003) reflection of a cell's host, Cu K-alpha.</summary>
public static class Diffraction
{
    /// <summary>Degrees; falls on charge and turns back slightly above z = 0.85.</summary>
    public static double TwoTheta003(CellParameters parameters, in CellState state)
    {
        DiffractionParameters x = parameters.Diffraction;
        double from = (Math.Clamp(state.MeanDelithiation, 0, 1) - 0.85) / 0.85;
        return x.TwoThetaDischarged - ((x.TwoThetaDischarged - x.TwoThetaCharged) * (1 - (from * from)));
    }

    /// <summary>Relative to the powder as made.</summary>
    public static double RelativeIntensity(CellParameters parameters, in CellState state)
    {
        DiffractionParameters x = parameters.Diffraction;
        return 1 - ((1 - x.IntensityAfterFirstCycle) * state.Activation) - (x.IntensityReversible * state.MeanDelithiation);
    }
}
