namespace CellLab.CellModel;

/// <summary>One material's numbers. Symbols are those of the model's description (docs/reference/cell-model.md); fitted to the
/// published behaviour of Li1.2Mn0.6Ni0.2O2 (LMNO) and of the doped, vacancy-bearing variant (LMNPO-VO).</summary>
public sealed record CellParameters
{
    public required string Material { get; init; }
    public required double ActiveMassMilligrams { get; init; }
    /// <summary>q0, mAh/g: the pristine host.</summary>
    public required double PristineCapacity { get; init; }
    /// <summary>q1, mAh/g: the host after activation.</summary>
    public required double ActivatedCapacity { get; init; }
    /// <summary>q_p, mAh/g: what activation takes once.</summary>
    public required double PlateauCapacity { get; init; }
    public required double SlowShare { get; init; }
    public required double SlowSeconds { get; init; }
    public required double DiffusionSeconds { get; init; }
    public required double DiffusionGrowthPerCycle { get; init; }
    public required double OhmicOhms { get; init; }
    public required double ChargeTransferOhms { get; init; }
    public required double ChargeTransferGrowthPerCycle { get; init; }
    public required double DoubleLayerFarads { get; init; }
    public required double HysteresisRate { get; init; }
    public required double ActivationPerSecond { get; init; }
    public required double ActivationVolts { get; init; }
    public required double ActivationWidthVolts { get; init; }
    public required double LossPerSecond { get; init; }
    public required double LossVolts { get; init; }
    public required double LossWidthVolts { get; init; }
    public required double FadePerCycle { get; init; }
    /// <summary>umol of O2 per mg.</summary>
    public required double OxygenTotal { get; init; }
    public required double OxygenOnset { get; init; }
    public required double CellLagSeconds { get; init; }
    public required double LineLagSeconds { get; init; }
    public required double InitialDelithiation { get; init; }
    public required OcvTables OpenCircuit { get; init; }
    public required DiffusionLadder Ladder { get; init; }
    public required DiffractionParameters Diffraction { get; init; }
    public required ImpedanceParameters Impedance { get; init; }
    public required double LossExponent { get; init; }
    public required double CalendarLossPerSecond { get; init; }
    /// <summary>1C in mA/g for this parameter set (250).</summary>
    public required double OneCMilliamperesPerGram { get; init; }
    public required double TemperatureKelvin { get; init; }

    /// <summary>R T / F in volts.</summary>
    public double ThermalVolts => PhysicalConstants.GasConstant * TemperatureKelvin / PhysicalConstants.Faraday;

    /// <summary>Host capacity in mAh/g: <c>(q0 + (q1 - q0) a)(1 - loss)</c>.</summary>
    public double HostCapacity(in CellState state) =>
        (PristineCapacity + ((ActivatedCapacity - PristineCapacity) * state.Activation)) * (1 - state.LostFraction);

    /// <summary>The diffusion time constant of the aged cell, s.</summary>
    public double AgedDiffusionSeconds(in CellState state) => DiffusionSeconds * (1 + (DiffusionGrowthPerCycle * state.EquivalentCycles));

    /// <summary>Exchange current in mA at this surface: <c>1000 VT / r_ct * g(z)</c>, g = 0.35 + 0.65 * 4 z (1 - z).</summary>
    public double ExchangeMilliamperes(double equivalentCycles, double surface)
    {
        double z = Math.Clamp(surface, 0, 1);
        double aged = ChargeTransferOhms * (1 + (ChargeTransferGrowthPerCycle * equivalentCycles));
        return 1000 * ThermalVolts / aged * (0.35 + (0.65 * 4 * z * (1 - z)));
    }
}

/// <summary>Poles (lambda) and weights of the diffusion ladder; sum w/lambda = 1/3.</summary>
public sealed record DiffusionLadder(IReadOnlyList<double> Lambda, IReadOnlyList<double> Weight);

/// <summary>Position (Cu K-alpha, degrees) and intensity of the (003) reflection.</summary>
public sealed record DiffractionParameters(
    double TwoThetaDischarged, double TwoThetaCharged, double IntensityAfterFirstCycle, double IntensityReversible, double FullWidthDegrees);

/// <summary>Elements of the small-signal circuit that the time domain lumps together.</summary>
public sealed record ImpedanceParameters(double SeriesOhms, double FilmCpe, double FilmExponent, double DoubleLayerCpe, double DoubleLayerExponent);
