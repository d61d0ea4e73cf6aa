using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Compiles for the findings alone. Where rates have no base yet, everything that does not depend on it is checked all the same.</summary>
internal static class PortableCheck
{
    /// <summary>Stands in for the base that is not known; no figure made with it leaves this class.</summary>
    private static readonly CRateBase AnyBase = new(250, 4);

    public static Compilation Compile(Protocol protocol, CRateBase? rateBase, CompileOptions options)
    {
        options = options with { ToleratesWhatCannotRun = options is { Pipeline: null, Channel: not { StepKinds.Count: > 0 } } };
        bool known = rateBase is not null
            || ((options.CapacityAmpereHours ?? protocol.CapacityAmpereHours) is not null && !protocol.Steps.Any(NeedsMass));
        if (known || FirstRate(protocol) is not { } step)
        {
            return ProgramCompiler.Compile(protocol, rateBase, options);
        }

        Protocol withoutCurrents = protocol with { Limits = protocol.Limits with { MaxAmperes = null, MinAmperes = null } };
        Compilation found = ProgramCompiler.Compile(
            withoutCurrents with { CapacityAmpereHours = null, SpecificCapacityMilliampereHoursPerGram = null }, AnyBase, options with { CurrentRangeAmperes = null, CapacityAmpereHours = null, WithoutFigures = true });
        var later = new Finding(protocol.File, step.At.Line, step.At.Column, $"{step.Label}: its {(NeedsMass(step) ? "current per gram" : "C-rate")} has no base current yet",
            "a job takes it from its sample, a conversion from --capacity; currents were not checked");
        return new Compilation(null, found.Errors, [later, .. found.Warnings]);
    }

    private static ProtocolStep? FirstRate(Protocol protocol) => protocol.Steps.FirstOrDefault(step =>
        step is ConstantCurrentStep { RateC: not null } or ConstantVoltageStep { UntilRateC: not null } or ConstantVoltageStep { StartRateC: not null } || NeedsMass(step));

    private static bool NeedsMass(ProtocolStep step) =>
        step is ConstantCurrentStep { AmperesPerGram: not null } or ConstantVoltageStep { UntilAmperesPerGram: not null }
        || step.UntilCapacity is { AmpereHoursPerGram: not null };
}
