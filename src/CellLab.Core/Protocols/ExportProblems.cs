using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>What of CellLab's own form other programs' formats cannot say; a protocol with such parts is not written.</summary>
public static class ExportProblems
{
    private const string Unicycler = "unicycler";

    /// <param name="format">The format's name in messages: <c>unicycler</c>.</param>
    public static IReadOnlyList<Finding> Of(Protocol protocol, string format) =>
    [
        .. protocol.Steps.Select(step => (step, problem: Problem(step, format))).Where(pair => pair.problem is not null)
            .Select(pair => new Finding(protocol.File, pair.step.At.Line, pair.step.At.Column, $"{pair.step.Label}: {format} {pair.problem}")),
    ];

    private static bool HasOtherEnd(ProtocolStep step) => step switch
    {
        ConstantCurrentStep current => (current.UntilSeconds ?? current.UntilVolts) is not null,
        ConstantVoltageStep hold => (hold.UntilSeconds ?? hold.UntilRateC ?? hold.UntilAmperes) is not null,
        ConstantPowerStep power => (power.UntilSeconds ?? power.UntilVolts) is not null,
        ConstantResistanceStep load => (load.UntilSeconds ?? load.UntilVolts) is not null,
        _ => true,
    };

    private static string? Problem(ProtocolStep step, string format) => step switch
    {
        HostedStep => "has no such step",
        ConstantPowerStep or ConstantResistanceStep when format == Unicycler => "has no constant power or resistance",
        _ when step.UntilCapacity is not null && !HasOtherEnd(step) => "knows no end at a capacity, and the step has no other",
        ImpedanceStep { HoldVolts: not null } => "knows spectra at open circuit at most",
        ConstantCurrentStep { AmperesPerGram: not null } or ConstantVoltageStep { UntilAmperesPerGram: not null } =>
            "knows no current per gram; write a rate or mA",
        _ => null,
    };
}
