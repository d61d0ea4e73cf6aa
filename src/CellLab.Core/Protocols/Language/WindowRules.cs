using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols.Language;

/// <summary>The window of a protocol (<c>2.0-4.8 V</c>) against its cut-offs and safety limits. Where limits are not given they lie 0.1 V above and
/// 0.2 V below it.</summary>
internal sealed class WindowRules(LanguageContext context)
{
    private const double Rounding = 1e-9;

    public static (double Low, double High)? Read(MemberReader members)
    {
        if (members.Node("window") is not { } node)
        {
            return null;
        }

        try
        {
            return QuantityParser.VoltRange((node as ScalarNode)?.Text.Replace(" V", "V", StringComparison.Ordinal) ?? "");
        }
        catch (FormatException wrong)
        {
            members.Refuse("window", $"window: {wrong.Message}", "write for example window: 2.0-4.8 V");
            return null;
        }
    }

    public static ProtocolLimits LimitsFor((double Low, double High)? window, ProtocolLimits limits) => window is not { } range ? limits : limits with
    {
        MaxVolts = limits.MaxVolts ?? QuantityText.Clean(range.High + LimitRules.DefaultAboveVolts),
        MinVolts = limits.MinVolts ?? QuantityText.Clean(range.Low - LimitRules.DefaultBelowVolts),
    };

    public void Check(IReadOnlyList<ProtocolStep> steps, (double Low, double High)? window, ProtocolLimits limits)
    {
        if (window is not { } range)
        {
            return;
        }

        string text = $"the window {QuantityText.Short(range.Low)}-{QuantityText.Short(range.High)} V";
        foreach ((ProtocolStep step, double volts) in steps.SelectMany(step => StepVoltages.Of(step).Select(volts => (step, volts))))
        {
            if (volts < range.Low - Rounding || volts > range.High + Rounding)
            {
                context.Error(step.At, $"{step.Label}: {QuantityText.Volts(volts)} lies outside {text}", "correct the voltage or the window");
            }
        }

        foreach (ProtocolStep step in steps.Where(step => EndsAtOnce(step, range)))
        {
            bool charges = Direction(step) > 0;
            context.Error(step.At, $"{step.Label}: it {(charges ? "charges" : "discharges")} until the {(charges ? "lowest" : "highest")} voltage of {text}: it ends at once", "correct the voltage or the direction");
        }

        if (limits.MaxVolts < range.High || limits.MinVolts > range.Low)
        {
            context.Error(limits.At, $"a voltage limit lies inside {text}: it would end the test before the window is used",
                $"leave it out: the limits are then {QuantityText.Volts(range.Low - LimitRules.DefaultBelowVolts)} and {QuantityText.Volts(range.High + LimitRules.DefaultAboveVolts)}");
        }
    }

    private static bool EndsAtOnce(ProtocolStep step, (double Low, double High) range) => Direction(step) switch
    {
        > 0 => StepVoltages.Of(step).Any(volts => Math.Abs(volts - range.Low) <= Rounding),
        < 0 => StepVoltages.Of(step).Any(volts => Math.Abs(volts - range.High) <= Rounding),
        _ => false,
    };

    /// <summary>1 for a step that charges, -1 for one that discharges, 0 for others.</summary>
    private static int Direction(ProtocolStep step) => step switch
    {
        ConstantCurrentStep current => current.Charges ? 1 : -1,
        ConstantPowerStep power => Math.Sign(power.Watts),
        ConstantResistanceStep => -1,
        _ => 0,
    };
}
