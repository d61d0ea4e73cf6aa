using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>Step kinds as they are written in payloads.</summary>
public static class StepKindText
{
    private static readonly Dictionary<StepKind, string> Texts = new()
    {
        [StepKind.Unknown] = "unknown",
        [StepKind.Rest] = "rest",
        [StepKind.ConstantCurrentCharge] = "cc_charge",
        [StepKind.ConstantCurrentDischarge] = "cc_discharge",
        [StepKind.ConstantVoltage] = "cv",
        [StepKind.ConstantCurrentConstantVoltage] = "cc_cv",
        [StepKind.VoltageScan] = "voltage_scan",
        [StepKind.ConstantPower] = "constant_power",
        [StepKind.ConstantResistance] = "constant_resistance",
        [StepKind.Pulse] = "pulse",
        [StepKind.Impedance] = "impedance",
        [StepKind.Pause] = "pause",
        [StepKind.End] = "end",
    };

    private static readonly Dictionary<string, StepKind> Kinds = Texts.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string ToText(this StepKind kind) => Texts[kind];

    /// <exception cref="FormatException">The text is none of the known kinds.</exception>
    public static StepKind Parse(string text) => Kinds.TryGetValue(text, out StepKind kind)
        ? kind
        : throw new FormatException($"'{text}' is not a step kind; expected one of {string.Join(", ", Kinds.Keys)}");
}
