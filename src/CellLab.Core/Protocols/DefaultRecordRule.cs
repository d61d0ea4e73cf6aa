using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>When to store a row where nobody said: on 5 mV, or after 30 s (rest and up to 0.2C), 10 s (up to 1C) or 2 s (above), each step by its own
/// rate.</summary>
public static class DefaultRecordRule
{
    public const double DeltaVolts = 0.005;

    /// <summary>Voltages that turn power and resistance into a current, such that it is rather too large.</summary>
    private const double LowVolts = 2.5;
    private const double HighVolts = 4.5;

    /// <param name="rateC">The step's C-rate, either sign; null or 0 at rest.</param>
    public static RecordRule For(double? rateC) => new(IntervalSeconds(Math.Abs(rateC ?? 0)), DeltaVolts, null);

    /// <summary>By the rate of the step; a hold counts with the larger of the currents at its beginning and its end.</summary>
    /// <param name="oneCAmperes">0 where it is not known: then only stated rates count.</param>
    public static RecordRule For(ProgramStep step, double oneCAmperes) => For(RateOf(step, oneCAmperes));

    /// <summary>The same for an entry of a protocol.</summary>
    public static RecordRule For(ProtocolStep step, double oneCAmperes) => For(RateOf(step, oneCAmperes));

    /// <summary>The slowest of the steps' own rules: the rule of the whole program, from which faster steps differ.</summary>
    public static RecordRule Slowest(IEnumerable<RecordRule> rules) => rules.MaxBy(rule => rule.IntervalSeconds) ?? For((double?)null);

    private static double RateOf(ProgramStep step, double oneCAmperes) => step switch
    {
        CurrentStep current => Rate(current.RateC, current.CurrentAmperes, oneCAmperes),
        VoltageStep hold => Math.Max(Rate(hold.StartRateC, hold.StartCurrentAmperes, oneCAmperes), Rate(hold.UntilRateC, hold.UntilCurrentAmperes, oneCAmperes)),
        PowerStep power => Rate(null, power.Watts / LowVolts, oneCAmperes),
        ResistanceStep load => Rate(null, HighVolts / load.Ohms, oneCAmperes),
        _ => 0,
    };

    private static double RateOf(ProtocolStep step, double oneCAmperes) => step switch
    {
        ConstantCurrentStep current => Rate(current.RateC, current.CurrentAmperes, oneCAmperes),
        ConstantVoltageStep hold => Math.Max(Rate(hold.StartRateC, hold.StartAmperes, oneCAmperes), Rate(hold.UntilRateC, hold.UntilAmperes, oneCAmperes)),
        ConstantPowerStep power => Rate(null, power.Watts / LowVolts, oneCAmperes),
        ConstantResistanceStep load => Rate(null, HighVolts / load.Ohms, oneCAmperes),
        _ => 0,
    };

    private static double Rate(double? rateC, double? amperes, double oneCAmperes) =>
        Math.Abs(rateC ?? (oneCAmperes > 0 ? amperes / oneCAmperes : 0) ?? 0);

    private static double IntervalSeconds(double rateC) => rateC switch
    {
        <= 0.2 => 30,
        <= 1 => 10,
        _ => 2,
    };
}
