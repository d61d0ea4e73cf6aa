namespace CellLab.CellModel;

/// <summary>Finds the current that brings the cell to a voltage at the end of one step (Illinois variant of regula falsi).</summary>
internal readonly struct VoltageSearch(CellStepper stepper, CellState start, double seconds, double volts)
{
    private const double ToleranceVolts = 1e-6;
    private const int MostTrials = 40;
    private readonly CellState _start = start;

    public double Solve(double lowest, double highest, double guess)
    {
        double low = lowest;
        double high = highest;
        double lowError = Error(low);
        double highError = Error(high);
        if (lowError >= 0 || highError <= 0)
        {
            return lowError >= 0 ? low : high;
        }

        double trial = guess > low && guess < high ? guess : 0.5 * (low + high);
        for (int i = 0; i < MostTrials; i++)
        {
            double error = Error(trial);
            if (Math.Abs(error) < ToleranceVolts)
            {
                break;
            }

            Narrow(ref low, ref lowError, ref high, ref highError, trial, error);
            trial = high - (highError * (high - low) / (highError - lowError));
        }

        return trial;
    }

    /// <summary>Moves one end to the trial and halves the weight of the other, so that neither end sticks.</summary>
    private static void Narrow(ref double low, ref double lowError, ref double high, ref double highError, double trial, double error)
    {
        if (error < 0)
        {
            low = trial;
            lowError = error;
            highError *= 0.5;
        }
        else
        {
            high = trial;
            highError = error;
            lowError *= 0.5;
        }
    }

    private double Error(double milliamperes)
    {
        CellState copy = _start;
        return stepper.Step(ref copy, seconds, milliamperes) - volts;
    }
}
