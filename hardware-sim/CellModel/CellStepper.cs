namespace CellLab.CellModel;

/// <summary>Advances a <see cref="CellState"/> at constant current by the exact solution of its linear parts, stable for any step length
/// (use 1 ms to 60 s; at most 10 s divided by the C-rate keeps capacities within 0.05 %). Keeps coefficients between calls: one
/// stepper per thread. The state alone decides the result.</summary>
public sealed class CellStepper
{
    private readonly CellParameters _p;
    private readonly StepCoefficients _c;
    private readonly double[] _weight;
    private readonly double _thermalVolts;
    private readonly OxygenSplit _split;
    private double _rateCurrent = double.NaN;
    private double _lossRate;

    /// <param name="diffusionTolerance">Relative change of the diffusion time after which coefficients are computed anew; 0 is the
    /// exact form, 1e-4 the fast one.</param>
    public CellStepper(CellParameters parameters, double diffusionTolerance = 1e-4)
    {
        _p = parameters;
        _c = new StepCoefficients(parameters, diffusionTolerance);
        _weight = [.. parameters.Ladder.Weight];
        _thermalVolts = parameters.ThermalVolts;
        _split = new OxygenSplit(parameters);
    }

    public CellParameters Parameters => _p;

    /// <summary>One step; returns the terminal voltage at its end.</summary>
    /// <param name="milliamperes">Positive charges.</param>
    public double Step(ref CellState s, double seconds, double milliamperes)
    {
        double specific = 1000 * milliamperes / _p.ActiveMassMilligrams;
        double capacity = _p.HostCapacity(s);
        double diffusion = _p.AgedDiffusionSeconds(s);
        _c.Use(seconds, diffusion);
        var drive = new StepDrive(1 / (3600 * capacity), _p.SlowShare, seconds, specific);

        double intercalated = specific > 0 && s.Activation < 0.9999
            ? _split.Intercalated(s, drive, FreeSurface(s), Response(drive))
            : specific;

        double before = s.MeanDelithiation;
        AdvanceLithium(ref s, drive, intercalated);
        AdvanceBranch(ref s, before, intercalated);
        _split.Activate(ref s, seconds, specific - intercalated);
        AdvanceGas(ref s);
        AdvanceChargeTransfer(ref s, seconds, intercalated);
        AdvanceThroughput(ref s, seconds, intercalated);
        var weights = new BranchWeights(s.Activation, s.Hysteresis, s.VoltageFade);
        s.Volts = _p.OpenCircuit.Volts(s.SurfaceDelithiation, weights) + s.ChargeTransferVolts + (milliamperes * _p.OhmicOhms * 1e-3);
        AdvanceLoss(ref s, seconds, specific);
        AdvanceCarbonDioxide(ref s, seconds);
        return s.Volts;
    }

    /// <summary>Surface value at the end of the step without any current.</summary>
    private double FreeSurface(in CellState s)
    {
        double surface = s.MeanDelithiation + (_p.SlowShare * s.SlowLag * _c.SlowDecay);
        for (int k = 0; k < LadderState.Length; k++)
        {
            surface += _weight[k] * s.Ladder[k] * _c.Decay[k];
        }

        return surface;
    }

    /// <summary>What 1 mA/g adds to the surface value over the step.</summary>
    private double Response(in StepDrive d) =>
        (d.Mean * d.Seconds) + (_p.SlowShare * d.Fast * _c.SlowGain) + (d.Fast * _c.LadderResponse);

    private void AdvanceLithium(ref CellState s, in StepDrive d, double intercalated)
    {
        double fast = d.Fast * intercalated;
        s.MeanDelithiation += d.Mean * intercalated * d.Seconds;
        s.SlowLag = (s.SlowLag * _c.SlowDecay) + (fast * _c.SlowGain);
        double surface = s.MeanDelithiation + (_p.SlowShare * s.SlowLag);
        for (int k = 0; k < LadderState.Length; k++)
        {
            double x = (s.Ladder[k] * _c.Decay[k]) + (fast * _c.Gain[k]);
            s.Ladder[k] = x;
            surface += _weight[k] * x;
        }

        s.SurfaceDelithiation = surface;
    }

    private void AdvanceBranch(ref CellState s, double before, double intercalated)
    {
        double moved = Math.Abs(s.MeanDelithiation - before);
        if (moved > 0)
        {
            double sign = Math.Sign(intercalated);
            s.Hysteresis = sign + ((s.Hysteresis - sign) * Math.Exp(-_p.HysteresisRate * moved));
        }
    }

    private void AdvanceGas(ref CellState s)
    {
        s.OxygenLeftCell = s.OxygenMicromolPerMilligram + ((s.OxygenLeftCell - s.OxygenMicromolPerMilligram) * _c.CellLagDecay);
        s.OxygenAtSpectrometer = s.OxygenLeftCell + ((s.OxygenAtSpectrometer - s.OxygenLeftCell) * _c.LineLagDecay);
    }

    private void AdvanceChargeTransfer(ref CellState s, double seconds, double intercalated)
    {
        double milliamperes = intercalated * _p.ActiveMassMilligrams * 1e-3;
        double exchange = _p.ExchangeMilliamperes(s.EquivalentCycles, s.SurfaceDelithiation);
        double steady = 2 * _thermalVolts * Math.Asinh(milliamperes / (2 * exchange));
        double ohms = 1000 * (milliamperes == 0 ? _thermalVolts / exchange : steady / milliamperes);
        s.ChargeTransferVolts = steady + ((s.ChargeTransferVolts - steady) * Math.Exp(-seconds / (ohms * _p.DoubleLayerFarads)));
    }

    private void AdvanceThroughput(ref CellState s, double seconds, double intercalated)
    {
        s.EquivalentCycles += Math.Abs(intercalated) * seconds / (7200 * _p.ActivatedCapacity);
        s.VoltageFade = _p.FadePerCycle * s.EquivalentCycles;
    }

    /// <summary>Time at high potential costs capacity, less per cycle at a high rate.</summary>
    private void AdvanceLoss(ref CellState s, double seconds, double specific)
    {
        if (specific != _rateCurrent)
        {
            _rateCurrent = specific;
            double rate = Math.Abs(specific) / _p.OneCMilliamperesPerGram;
            _lossRate = (_p.LossPerSecond * Math.Pow(rate, _p.LossExponent)) + _p.CalendarLossPerSecond;
        }

        double high = 1 / (1 + Math.Exp(-(s.Volts - _p.LossVolts) / _p.LossWidthVolts));
        s.LostFraction += (1 - s.LostFraction) * _lossRate * high * seconds;
    }

    /// <summary>Assumed: electrolyte oxidation above 4.2 V towards 0.05 umol/mg, same transport as oxygen.</summary>
    private void AdvanceCarbonDioxide(ref CellState s, double seconds)
    {
        double rate = 1.4e-4 / (1 + Math.Exp(-(s.Volts - 4.2) / 0.03));
        s.CarbonDioxideMicromolPerMilligram = 0.05 + ((s.CarbonDioxideMicromolPerMilligram - 0.05) * Math.Exp(-rate * seconds));
        s.CarbonDioxideLeftCell += (s.CarbonDioxideMicromolPerMilligram - s.CarbonDioxideLeftCell) * (1 - _c.CellLagDecay);
        s.CarbonDioxideAtSpectrometer += (s.CarbonDioxideLeftCell - s.CarbonDioxideAtSpectrometer) * (1 - _c.LineLagDecay);
    }
}
