namespace CellLab.Core.Protocols.Language;

/// <summary>Which way the current of a hold flows: a sentence does not say it (<c>Hold at 4.8 V until C/50</c>), the step before does.</summary>
internal static class HoldDirection
{
    /// <summary>The hold with the sign of its end current.</summary>
    public static ConstantVoltageStep Signed(ConstantVoltageStep hold, IReadOnlyList<ProtocolStep> before, LanguageContext context)
    {
        if ((hold.UntilRateC ?? hold.UntilAmperes ?? hold.UntilAmperesPerGram) is null)
        {
            return hold;
        }

        ProtocolStep? leading = before.LastOrDefault(step => step is ConstantCurrentStep or ConstantVoltageStep or VoltageScanStep or UnreadStep);
        if (leading is UnreadStep)
        {
            return hold;
        }

        if (Charges(hold, leading) is not { } charges)
        {
            context.Warn(hold.At, $"{hold.Label}: no step before it says which way the current flows: taken as a charge", "put the charge or discharge before it that leads there");
            return hold;
        }

        double sign = charges ? 1 : -1;
        return hold with { UntilRateC = sign * hold.UntilRateC, UntilAmperes = sign * hold.UntilAmperes, UntilAmperesPerGram = sign * hold.UntilAmperesPerGram };
    }

    private static bool? Charges(ConstantVoltageStep hold, ProtocolStep? before) => before switch
    {
        ConstantCurrentStep { UntilVolts: { } volts } current => From(volts, hold.Volts) ?? current.Charges,
        ConstantCurrentStep current => current.Charges,
        ConstantVoltageStep earlier => From(earlier.Volts, hold.Volts) ?? earlier.Charges,
        VoltageScanStep scan => From(scan.EndVolts, hold.Volts) ?? scan.EndVolts > scan.StartVolts,
        _ => null,
    };

    /// <summary>Null when the voltages are equal.</summary>
    private static bool? From(double volts, double held) => volts == held ? null : held > volts;
}
