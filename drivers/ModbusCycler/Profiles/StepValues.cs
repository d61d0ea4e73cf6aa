using System.Text.Json;
using CellLab.Core.Devices;

namespace CellLab.Drivers.ModbusCycler.Profiles;

/// <summary>What the words in a map's sequences stand for, SI; null where nobody has said.</summary>
internal sealed record StepValues
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["volts", "amperes", "charge_amperes", "discharge_amperes", "max_volts", "min_volts", "max_charge_amperes", "max_discharge_amperes"];

    public double? Volts { get; init; }

    /// <summary>Magnitude.</summary>
    public double? Amperes { get; init; }

    /// <summary>The most that a held voltage may take.</summary>
    public double? ChargeAmperes { get; init; }

    public double? DischargeAmperes { get; init; }

    public SourceLimits Limits { get; init; } = new(null, null, null, null);

    /// <summary>Null when the step asks for something that is not known.</summary>
    public double? Of(ProfileStep step) => step.To is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : step.Symbol switch
    {
        "volts" => Volts,
        "amperes" => Amperes,
        "charge_amperes" => ChargeAmperes,
        "discharge_amperes" => DischargeAmperes,
        "max_volts" => Limits.MaxVolts,
        "min_volts" => Limits.MinVolts,
        "max_charge_amperes" => Limits.MaxChargeAmperes,
        "max_discharge_amperes" => Limits.MaxDischargeAmperes,
        _ => null,
    };
}
