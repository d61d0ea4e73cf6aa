using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Service.Offline;

/// <summary>Parts of an instrument's own file that another program's format has no place for.</summary>
internal static class InstrumentPartLosses
{
    /// <summary>Those without which the test is another one: reasons to write nothing.</summary>
    public static IEnumerable<Finding> Deciding(Protocol protocol, string format) => Parts(protocol).Where(found => found.Part.DecidingText is not null).Select(found =>
        At(protocol, found.Step, $"not carried over: {found.Label}: {found.Part.DecidingText}",
            $"{format} has no place for it and the test is another one without it: take it out of the file, or accept the loss with --accept-losses (accept_losses)"));

    public static IEnumerable<Finding> All(Protocol protocol) => Parts(protocol).SelectMany(found =>
        new[] { found.Part.DecidingText, found.Part.SettingsText }.OfType<string>().Select(text => At(protocol, found.Step, $"not carried over: {found.Label}: {text}", null)));

    private static IEnumerable<(ProtocolStep? Step, string Label, InstrumentPart Part)> Parts(Protocol protocol) =>
    [
        .. protocol.InstrumentPart is { } whole ? [((ProtocolStep?)null, "the whole test", whole)] : Array.Empty<(ProtocolStep?, string, InstrumentPart)>(),
        .. protocol.Steps.Where(step => step.InstrumentPart is not null).Select(step => ((ProtocolStep?)step, step.Label, step.InstrumentPart!)),
    ];

    private static Finding At(Protocol protocol, ProtocolStep? step, string message, string? hint) =>
        new(protocol.File, step?.At.Line ?? 0, step?.At.Column ?? 0, message, hint);
}
