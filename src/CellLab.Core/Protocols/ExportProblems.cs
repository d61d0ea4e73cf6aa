using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>What of CellLab's own form other programs' formats cannot say; a protocol with such parts is not written.</summary>
public static class ExportProblems
{
    /// <param name="format">The format's name in messages: <c>unicycler</c>.</param>
    public static IReadOnlyList<Finding> Of(Protocol protocol, string format) =>
    [
        .. protocol.CannotRun,
        .. protocol.Steps.Select(step => (step, problem: Problem(step))).Where(pair => pair.problem is not null)
            .Select(pair => new Finding(protocol.File, pair.step.At.Line, pair.step.At.Column, $"{pair.step.Label}: {format} {pair.problem}")),
    ];

    private static string? Problem(ProtocolStep step) => step switch
    {
        HostedStep => "has no such step",
        ImpedanceStep { HoldVolts: not null } => "knows spectra at open circuit at most",
        ConstantCurrentStep { AmperesPerGram: not null } or ConstantVoltageStep { UntilAmperesPerGram: not null } =>
            "knows no current per gram; write a rate or mA",
        _ => null,
    };
}
