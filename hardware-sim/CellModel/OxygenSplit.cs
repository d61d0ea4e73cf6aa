namespace CellLab.CellModel;

/// <summary>The first charge: activation of Li2MnO3 runs beside intercalation and takes its share of the current; late in it oxygen is set free.</summary>
internal sealed class OxygenSplit(CellParameters p)
{
    // Thirty halvings: where activation could take more than the whole current no root exists, and what is left to intercalate is i/2^30.
    private const int MostTrials = 30;
    private readonly double _thermalVolts = p.ThermalVolts;

    /// <summary>Solves <c>i_int + 3600 q_p (1-a)(1 - exp(-r dt))/dt = i</c> for the intercalating part, mA/g, by bisection: monotone, one root.</summary>
    public double Intercalated(in CellState s, in StepDrive d, double freeSurface, double response)
    {
        double low = 0;
        double high = d.Specific;
        double trial = d.Specific;
        var weights = new BranchWeights(s.Activation, s.Hysteresis, s.VoltageFade);
        for (int i = 0; i < MostTrials; i++)
        {
            double residue = trial + ActivationCurrent(s, d, weights, freeSurface + (response * trial), trial) - d.Specific;
            if (Math.Abs(residue) < 1e-6 * d.Specific)
            {
                break;
            }

            if (residue > 0)
            {
                high = trial;
            }
            else
            {
                low = trial;
            }

            trial = 0.5 * (low + high);
        }

        return trial;
    }

    public void Activate(ref CellState s, double seconds, double specific)
    {
        if (specific <= 0)
        {
            return;
        }

        s.Activation += specific * seconds / (3600 * p.PlateauCapacity);
        if (s.Activation > p.OxygenOnset)
        {
            double late = (s.Activation - p.OxygenOnset) / (1 - p.OxygenOnset);
            s.OxygenMicromolPerMilligram = p.OxygenTotal * late * late;
        }
    }

    private double ActivationCurrent(in CellState s, in StepDrive d, in BranchWeights weights, double surface, double trial)
    {
        double milliamperes = trial * p.ActiveMassMilligrams * 1e-3;
        double exchange = p.ExchangeMilliamperes(s.EquivalentCycles, surface);
        double u = p.OpenCircuit.Volts(surface, weights) + (2 * _thermalVolts * Math.Asinh(milliamperes / (2 * exchange)));
        double rate = p.ActivationPerSecond * Math.Exp(Math.Min((u - p.ActivationVolts) / p.ActivationWidthVolts, 40));
        return 3600 * p.PlateauCapacity * (1 - s.Activation) * (1 - Math.Exp(-Math.Min(rate * d.Seconds, 50))) / d.Seconds;
    }
}
