using CellLab.CellModel;

namespace CellLab.HardwareSim.Expected;

/// <summary>What the cell model gives for a fresh cell that runs one cycle at 0.1C and then the rate map, 2.0 to 4.8 V, no rests: what a
/// measurement on the bench is compared with. Capacities per gram of active material.</summary>
public sealed record ExpectedCell(
    string Material,
    double FirstChargeMilliampereHoursPerGram,
    double FirstDischargeMilliampereHoursPerGram,
    IReadOnlyList<ExpectedRateCapacity> Rates)
{
    private const double LowVolts = 2.0;
    private const double HighVolts = 4.8;
    private const double FormationRateC = 0.1;

    /// <summary>The step length of the model's published figures at this rate.</summary>
    private const double StepSeconds = 20;

    public double FirstCoulombicEfficiencyPercent => 100 * FirstDischargeMilliampereHoursPerGram / FirstChargeMilliampereHoursPerGram;

    /// <exception cref="ArgumentException">The model has no such material.</exception>
    public static ExpectedCell Of(string material)
    {
        CellParameters parameters = Materials.Get(material);
        var stepper = new CellStepper(parameters);
        CellState cell = CellState.Fresh(parameters);
        double specific = FormationRateC * parameters.OneCMilliamperesPerGram;
        return new ExpectedCell(
            parameters.Material,
            HalfCycle(stepper, ref cell, specific, HighVolts),
            HalfCycle(stepper, ref cell, -specific, LowVolts),
            [.. ExpectedRate.InSequence(material).Select(rate => new ExpectedRateCapacity(rate.CRate, rate.DischargeMilliampereHoursPerGram))]);
    }

    /// <summary>Runs to the limit and returns the charge that passed, mAh/g.</summary>
    private static double HalfCycle(CellStepper stepper, ref CellState cell, double milliamperesPerGram, double limitVolts)
    {
        double milliamperes = milliamperesPerGram * stepper.Parameters.ActiveMassMilligrams * 1e-3;
        double seconds = 0;
        LimitedStep step;
        do
        {
            step = stepper.StepToVoltage(ref cell, StepSeconds, milliamperes, limitVolts, rising: milliamperes > 0);
            seconds += step.Seconds;
        }
        while (!step.Reached);

        return Math.Abs(milliamperesPerGram) * seconds / 3600;
    }
}

/// <summary>Discharge in the third cycle at one rate.</summary>
public sealed record ExpectedRateCapacity(double RateC, double DischargeMilliampereHoursPerGram);
