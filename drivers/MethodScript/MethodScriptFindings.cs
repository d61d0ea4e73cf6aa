using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript;

/// <summary>What a probe has to say about the instrument.</summary>
internal static class MethodScriptFindings
{
    /// <summary>A half cell between 2.0 and 4.8 V must be within reach.</summary>
    private const double NeededVolts = 4.8;

    public static IEnumerable<string> Of(MethodScriptOptions options, InstrumentIdentity identity, string? release, string? language, bool simulated)
    {
        if (options.IdentityType is null)
        {
            yield return $"the instrument says it is '{identity.Type}'; what a {options.Model.Name} says is not published, so the model is not checked: set identity_type";
        }

        if (options.Model.MaxVolts < NeededVolts)
        {
            yield return $"{options.Model.Name} reaches {options.Model.MaxVolts} V, less than the {NeededVolts} V of a charged half cell";
        }

        if (release == "beta")
        {
            yield return $"firmware {identity.Firmware} is a beta";
        }

        if (language is not null)
        {
            yield return $"MethodSCRIPT {language}";
        }

        if (!simulated)
        {
            yield return "checked against public protocol facts and the simulated bench only, not on this hardware: confirm the sign of the current on a resistor";
        }
    }
}
