using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>When to store a row where nobody said: on 5 mV, or after 30 s (rest and up to 0.2C), 10 s (up to 1C) or 2 s (above).</summary>
public static class DefaultRecordRule
{
    public const double DeltaVolts = 0.005;

    /// <param name="rateC">The step's C-rate, either sign; null or 0 at rest.</param>
    public static RecordRule For(double? rateC) => new(IntervalSeconds(Math.Abs(rateC ?? 0)), DeltaVolts, null);

    /// <summary>One rule for a whole program: that of its fastest step.</summary>
    public static RecordRule For(CellProgram program)
    {
        double oneC = program.NominalCapacityAmpereHours;
        double fastest = program.Steps.OfType<CurrentStep>()
            .Select(step => step.RateC ?? (oneC > 0 ? step.CurrentAmperes / oneC : 0))
            .Select(Math.Abs).DefaultIfEmpty(0).Max();
        return For(fastest);
    }

    private static double IntervalSeconds(double rateC) => rateC switch
    {
        <= 0.2 => 30,
        <= 1 => 10,
        _ => 2,
    };
}
