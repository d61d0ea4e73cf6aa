using CellLab.Core.Units;

namespace CellLab.Core.Protocols.Language;

/// <summary>Figures that no lithium or sodium cell in a laboratory sees: a unit or a decimal point was mistaken.</summary>
internal static class PlausibleSteps
{
    private const double MaxVolts = 6;
    private const double MinVolts = -1;
    private const double MaxRateC = 50;
    private const double MaxAmperesPerGram = 20;
    private const double MaxSeconds = 60 * 86400;

    public static void Check(IReadOnlyList<ProtocolStep> steps, LanguageContext context)
    {
        foreach (ProtocolStep step in steps)
        {
            foreach (double volts in StepVoltages.Of(step).Where(volts => volts is > MaxVolts or < MinVolts))
            {
                context.Error(step.At, $"{step.Label}: {QuantityText.Volts(volts)} is not plausible, expected {MinVolts} to {MaxVolts} V", "check the unit and the decimal point");
            }

            if (DoubtfulCurrent(step) is { } current)
            {
                context.Error(step.At, $"{step.Label}: {current}", "check the unit: 25C is not 25 mA/g");
            }

            if (Duration(step) > MaxSeconds)
            {
                context.Warn(step.At, $"{step.Label}: it may last {QuantityText.Short(Duration(step)!.Value / 86400)} days", "check the unit of the time");
            }
        }
    }

    private static string? DoubtfulCurrent(ProtocolStep step) => step switch
    {
        ConstantCurrentStep { RateC: { } rate } when Math.Abs(rate) > MaxRateC => $"a rate of {QuantityText.Short(Math.Abs(rate))}C is not plausible, expected at most {MaxRateC}C",
        ConstantCurrentStep { AmperesPerGram: { } perGram } when Math.Abs(perGram) > MaxAmperesPerGram =>
            $"{QuantityText.Short(Math.Abs(perGram))} A/g is not plausible, expected at most {MaxAmperesPerGram} A/g",
        _ => null,
    };

    private static double? Duration(ProtocolStep step) => step switch
    {
        OpenCircuitStep rest => rest.DurationSeconds,
        ConstantCurrentStep current => current.UntilSeconds,
        ConstantVoltageStep hold => hold.UntilSeconds,
        ConstantPowerStep power => power.UntilSeconds,
        ConstantResistanceStep resistance => resistance.UntilSeconds,
        _ => null,
    };
}
