using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>What becomes of the parts of an instrument's own file when a protocol is compiled: an executor of that format gets them, any other refuses
/// those that decide, unless the loss is accepted.</summary>
internal static class InstrumentPartRules
{
    private const string Hint = "choose a channel of that kind, take it out of the protocol, or accept the loss with --accept-losses (accept_losses)";

    /// <summary>The part that goes into the program; null when there is none, or when it is left out.</summary>
    public static InstrumentPart? Of(CompileContext context, ProtocolStep step) => Of(context, step.InstrumentPart, step.At, step.Label);

    public static InstrumentPart? OfWhole(CompileContext context) => Of(context, context.Protocol.InstrumentPart, default, "the whole test");

    private static InstrumentPart? Of(CompileContext context, InstrumentPart? part, SourcePosition at, string label)
    {
        CompileOptions options = context.Options;
        if (part is null || (options.ProgramFormat ?? options.Channel?.ProgramFormat) == part.Format)
        {
            return part;
        }

        if (options.Channel is not { } channel || (channel.StepKinds.Count == 0 && !options.AcceptsLosses))
        {
            if (part.DecidingText is { } only)
            {
                context.Warn(at, $"{label}: only a {part.FormatName} channel can carry out {only}", "other channels refuse the protocol; a rehearsal does without it");
            }

            return part;
        }

        if (part.DecidingText is { } text)
        {
            Refuse(context, part, at, $"{label}: {text}");
        }

        if (part.SettingsText is { } settings)
        {
            context.Warn(at, $"not carried over: {label}: {settings}", $"only a {part.FormatName} channel has it");
        }

        return null;
    }

    private static void Refuse(CompileContext context, InstrumentPart part, SourcePosition at, string what)
    {
        if (context.Options.AcceptsLosses)
        {
            context.Warn(at, $"not carried over: {what}", "accepted; the test is another one without it");
        }
        else
        {
            context.Error(at, $"{what}: this channel cannot carry it out, only a {part.FormatName} channel can", Hint);
        }
    }
}
