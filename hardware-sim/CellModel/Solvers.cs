namespace CellLab.CellModel;

/// <summary>What a step up to a limit came to: how long it took and whether the voltage limit ended it.</summary>
public readonly record struct LimitedStep(double Seconds, bool Reached);

/// <summary>Steps that end at a voltage or hold one. Both work on trial copies of the state.</summary>
public static class Solvers
{
    private const double ToleranceVolts = 1e-4;
    private const int MostTrials = 8;

    /// <summary>One step at constant current that ends at <paramref name="limitVolts"/> when it would pass it: the step is shortened by linear
    /// interpolation of the voltage, repeated until it ends within 0.1 mV (once is enough except late in the first charge).</summary>
    /// <param name="rising">True when the limit is an upper one.</param>
    public static LimitedStep StepToVoltage(
        this CellStepper stepper, ref CellState state, double seconds, double milliamperes, double limitVolts, bool rising)
    {
        CellState before = state;
        double end = stepper.Step(ref state, seconds, milliamperes);
        return Passed(end, limitVolts, rising)
            ? Shorten(stepper, before, ref state, seconds, milliamperes, limitVolts, rising)
            : new LimitedStep(seconds, false);
    }

    private static LimitedStep Shorten(
        CellStepper stepper, in CellState before, ref CellState state, double seconds, double milliamperes, double limitVolts, bool rising)
    {
        double low = 0;
        double lowVolts = Passed(before.Volts, limitVolts, rising) ? limitVolts : before.Volts;
        double high = seconds;
        double highVolts = state.Volts;
        for (int i = 0; i < MostTrials; i++)
        {
            double fraction = highVolts == lowVolts ? 0 : (limitVolts - lowVolts) / (highVolts - lowVolts);
            double trial = Math.Max(low + (fraction * (high - low)), ShortestSeconds);
            state = before;
            double volts = stepper.Step(ref state, trial, milliamperes);
            if (Math.Abs(volts - limitVolts) < ToleranceVolts || trial == ShortestSeconds || i == MostTrials - 1)
            {
                return new LimitedStep(trial, true);
            }

            (low, lowVolts, high, highVolts) = Passed(volts, limitVolts, rising) ? (low, lowVolts, trial, volts) : (trial, volts, high, highVolts);
        }

        return new LimitedStep(high, true);
    }

    /// <summary>A step shorter than this is not told apart from none, s.</summary>
    public const double ShortestSeconds = 1e-3;

    /// <summary>One step at constant voltage: V is monotone in I, so a bracketed secant finds the current between the range limits, to
    /// 1 uV. At a limit that does not suffice the limit itself is applied. Returns the current in mA; the state is advanced.</summary>
    public static double StepAtVoltage(
        this CellStepper stepper, ref CellState state, double seconds, double volts, double lowestMilliamperes, double highestMilliamperes, double guess)
    {
        var search = new VoltageSearch(stepper, state, seconds, volts);
        double current = search.Solve(lowestMilliamperes, highestMilliamperes, guess);
        stepper.Step(ref state, seconds, current);
        return current;
    }

    private static bool Passed(double volts, double limit, bool rising) => rising ? volts >= limit : volts <= limit;
}
