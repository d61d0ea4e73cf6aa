using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>Compiles constant-voltage steps: which way the current flows, and the current limit at their beginning.</summary>
internal static class HoldCompiler
{
    public static VoltageStep Compile(CompileContext context, ConstantVoltageStep hold, ProtocolStep? before, int number, string block)
    {
        double? end = StepCompiler.Amperes(context, hold, hold.UntilRateC, hold.UntilAmperes, hold.UntilAmperesPerGram);
        ConstantCurrentStep? leading = before as ConstantCurrentStep;
        bool charging = hold.Charges ?? Follow(context, hold, leading);
        CheckSign(context, hold, leading);
        var step = new VoltageStep(number, block, hold.Volts, charging, hold.UntilSeconds, end, hold.UntilRateC);
        if (hold.CurrentFirst)
        {
            return step with
            {
                StartCurrentAmperes = StepCompiler.Amperes(context, hold, hold.StartRateC, hold.StartAmperes), StartRateC = hold.StartRateC, CurrentFirst = true,
            };
        }

        return leading?.UntilVolts == hold.Volts
            ? WithStart(context, hold, step, leading)
            : step;
    }

    private static VoltageStep WithStart(CompileContext context, ConstantVoltageStep hold, VoltageStep step, ConstantCurrentStep leading)
    {
        double? start = StartCurrent(context, leading);
        if (Math.Abs(step.UntilCurrentAmperes ?? 0) >= Math.Abs(start ?? double.MaxValue))
        {
            context.Warn(hold, $"its end current is not below that of {leading.Label} before it: it ends at once", "lower the end current, or leave the hold out");
        }

        return step with { StartCurrentAmperes = start, StartRateC = leading.RateC };
    }

    /// <summary>Without an end current the hold goes on in the direction of the current step before it; charging without one.</summary>
    private static bool Follow(CompileContext context, ConstantVoltageStep hold, ConstantCurrentStep? leading)
    {
        if (leading is null or { Charges: true })
        {
            return true;
        }

        context.Warn(hold, $"it has no end current: taken as a discharge, like {leading.Label} before it",
            "give until_rate_C or until_current_mA with the sign of the current to say the direction");
        return false;
    }

    private static void CheckSign(CompileContext context, ConstantVoltageStep hold, ConstantCurrentStep? leading)
    {
        if (leading is not null && leading.UntilVolts == hold.Volts && hold is { CurrentFirst: false, Charges: { } charges } && charges != leading.Charges)
        {
            context.Warn(hold, $"the sign of its end current says {(charges ? "charge" : "discharge")}, but {leading.Label} before it "
                + $"{(leading.Charges ? "charges" : "discharges")} to the same voltage", "the current would be past its end at once; turn the sign");
        }
    }

    private static double? StartCurrent(CompileContext context, ConstantCurrentStep leading) =>
        leading.AmperesPerGram is { } perGram ? perGram * context.ActiveMassGrams
        : leading.RateC is { } rate ? rate * context.OneCAmperes : leading.CurrentAmperes;
}
