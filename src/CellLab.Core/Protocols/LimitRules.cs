using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Completes the safety limits and holds them against the cut-offs.</summary>
internal static class LimitRules
{
    /// <summary>Distance of the default limits from the outermost cut-offs, V.</summary>
    public const double DefaultAboveVolts = 0.1;
    public const double DefaultBelowVolts = 0.2;
    public const double DefaultDelaySeconds = 5;

    /// <summary>A limit closer than this to a cut-off is doubtful, V.</summary>
    private const double NearVolts = 0.020;
    private const double Rounding = 1e-9;

    public static SafetyLimits Complete(CompileContext context, IReadOnlyList<ProgramStep> steps)
    {
        ProtocolLimits stated = context.Protocol.Limits;
        VoltageWindow window = VoltageWindow.Of(steps);
        CheckMax(context, stated, window);
        CheckMin(context, stated, window);
        return new SafetyLimits(
            stated.MaxVolts ?? Default(context, window.HighestCharge, DefaultAboveVolts, "max_voltage_V", "upper"),
            stated.MinVolts ?? Default(context, window.LowestDischarge, -DefaultBelowVolts, "min_voltage_V", "lower"),
            stated.MaxAmperes, stated.MinAmperes, stated.MaxAmpereHours, stated.DelaySeconds ?? DefaultDelaySeconds);
    }

    private static double? Default(CompileContext context, double? cutOff, double distance, string member, string side)
    {
        if (cutOff is { } volts)
        {
            return QuantityText.Clean(volts + distance);
        }

        if (context.Protocol.IsPartial)
        {
            return null;
        }

        context.Warn(context.Protocol.Limits.At, $"no {side} voltage limit: no step has a cut-off from which it could be taken", $"give safety.{member}");
        return null;
    }

    private static void CheckMax(CompileContext context, ProtocolLimits stated, VoltageWindow window)
    {
        if (stated.MaxVolts is { } limit && window.Highest is { } cutOff)
        {
            Check(context, limit - cutOff, $"max_voltage_V {QuantityText.Volts(limit)}", $"the highest cut-off {QuantityText.Volts(cutOff)}",
                $"set it to {QuantityText.Volts(cutOff + DefaultAboveVolts)} or leave it out");
        }
    }

    private static void CheckMin(CompileContext context, ProtocolLimits stated, VoltageWindow window)
    {
        if (stated.MinVolts is { } limit && window.Lowest is { } cutOff)
        {
            Check(context, cutOff - limit, $"min_voltage_V {QuantityText.Volts(limit)}", $"the lowest cut-off {QuantityText.Volts(cutOff)}",
                $"set it to {QuantityText.Volts(cutOff - DefaultBelowVolts)} or leave it out");
        }
    }

    private static void Check(CompileContext context, double distance, string limit, string cutOff, string hint)
    {
        SourcePosition at = context.Protocol.Limits.At;
        if (distance <= Rounding)
        {
            context.Error(at, $"the safety limit {limit} lies inside the cut-off window: it would end the test before {cutOff} is reached", hint);
        }
        else if (distance < NearVolts - Rounding)
        {
            context.Warn(at, $"the safety limit {limit} is only {QuantityText.Short(distance * 1e3)} mV from {cutOff}: noise can trip it", hint);
        }
    }
}
