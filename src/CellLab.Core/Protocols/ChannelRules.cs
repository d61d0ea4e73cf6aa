using CellLab.Core.Devices;
using CellLab.Core.Protocols.Language;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Holds the steps of a protocol against the channel that is to run it: kinds of step and voltages. Currents are held against its ranges by
/// <see cref="CurrentRules"/>. Impedance and what needs another instrument is a matter of the whole pipeline.</summary>
internal static class ChannelRules
{
    private const double Rounding = 1e-9;

    public static void Check(CompileContext context)
    {
        if (context.Options.Channel is not { } channel)
        {
            return;
        }

        if (channel.CurrentRangesAmperes.Count == 0)
        {
            context.Warn(default(Documents.SourcePosition), "the current ranges of this channel are not known: currents were not held against them",
                "name them in the device's settings (current_ranges_ma)");
        }

        foreach (ProtocolStep step in context.Protocol.Steps.Where(step => step is not (TagMark or ImpedanceStep or HostedStep or UnreadStep)))
        {
            CheckKind(context, channel, step);
            CheckVoltages(context, channel, step);
        }
    }

    private static void CheckKind(CompileContext context, ChannelCapability channel, ProtocolStep step)
    {
        if (channel.StepKinds.Count > 0 && !channel.StepKinds.Contains(step.Kind, StringComparer.Ordinal))
        {
            context.Error(step, $"this channel cannot run a step {step.Kind}", $"it runs {string.Join(", ", channel.StepKinds)}; choose another pipeline");
        }
    }

    private static void CheckVoltages(CompileContext context, ChannelCapability channel, ProtocolStep step)
    {
        foreach (double volts in StepVoltages.Of(step))
        {
            if (volts > channel.MaxVolts + Rounding || volts < channel.MinVolts - Rounding)
            {
                context.Error(step, $"{QuantityText.Volts(volts)} lies outside the channel's {Span(channel)}", "correct the voltage or choose another pipeline");
            }
        }
    }

    private static string Span(ChannelCapability channel) => (channel.MinVolts, channel.MaxVolts) switch
    {
        ({ } low, { } high) => $"{QuantityText.Volts(low)} to {QuantityText.Volts(high)}",
        ({ } low, null) => $"lowest voltage {QuantityText.Volts(low)}",
        (_, { } high) => $"highest voltage {QuantityText.Volts(high)}",
        _ => "voltages",
    };
}
