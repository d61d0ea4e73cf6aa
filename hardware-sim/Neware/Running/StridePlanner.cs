using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>How far the cell is advanced at once. Depends on the test alone, never on who asks when: the stored records of a test are the
/// same whatever the polling.</summary>
internal static class StridePlanner
{
    public const double ShortestSeconds = CellModel.Solvers.ShortestSeconds;

    /// <summary>Finest resolution of the voltage that strides aim at when the program sets none.</summary>
    private const double CoarseVolts = 0.01;

    /// <param name="capSeconds">Longest stride of the bench: keeps a slow bench's channels fresh.</param>
    public static double Next(StepProgress p, SimulatedCell cell, double capSeconds)
    {
        double longest = Math.Min(Longest(p, cell), capSeconds);
        double stride = p.LastStride == 0 ? longest * 0.01 : Math.Min(longest, 2 * p.LastStride);
        stride = Math.Min(stride, ByVoltage(p, longest));
        stride = Math.Min(stride, Until(p.NextTick, p.Elapsed));
        stride = Math.Min(stride, Until(p.Step.Seconds, p.Elapsed));
        foreach (BtsCondition condition in p.Step.Conditions)
        {
            stride = condition.Quantity == BtsQuantity.Time ? Math.Min(stride, Until(condition.Value, p.Elapsed)) : stride;
        }

        stride = Math.Min(stride, Until(p.PassedSince + p.Step.Protection.DelaySeconds, p.Elapsed));
        return Math.Max(ShortestSeconds, Math.Min(stride, ByCapacity(p)));
    }

    /// <summary>10 s divided by the C-rate keeps capacities within 0.05 %.</summary>
    private static double Longest(StepProgress p, SimulatedCell cell)
    {
        if (p.Step.Type == BtsStepType.VoltageScan)
        {
            return 1e-3 / p.Step.Slopes.Max(s => s.VoltsPerSecond);
        }

        double rate = Math.Abs(p.SetMilliamperes) / cell.OneCMilliamperes;
        return rate < 0.16 ? 60 : 10 / rate;
    }

    private static double ByVoltage(StepProgress p, double longest)
    {
        double wanted = p.Step.Record.Volts ?? CoarseVolts;
        double left = wanted - Math.Abs(p.Volts - p.RecordedVolts);
        return p.Slope <= 0 ? double.PositiveInfinity : Math.Max(0.02 * longest, Math.Min(left > 0 ? left : wanted, CoarseVolts) / p.Slope);
    }

    private static double ByCapacity(StepProgress p)
    {
        double magnitude = Math.Abs(p.SetMilliamperes);
        return p.Step.MilliampereSeconds is double end && magnitude > 0
            ? Math.Max(ShortestSeconds, (end - p.MilliampereSeconds) / magnitude)
            : double.PositiveInfinity;
    }

    private static double Until(double? at, double elapsed) => at is double end && end > elapsed + 1e-9 ? end - elapsed : double.PositiveInfinity;
}
