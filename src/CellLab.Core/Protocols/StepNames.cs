namespace CellLab.Core.Protocols;

/// <summary>The words of the <c>step</c> member in unicycler files (aurora-unicycler 0.4.6).</summary>
public static class StepNames
{
    public const string OpenCircuit = "open_circuit_voltage";
    public const string ConstantCurrent = "constant_current";
    public const string ConstantVoltage = "constant_voltage";
    public const string VoltageScan = "voltage_scan";
    public const string Impedance = "impedance_spectroscopy";
    public const string Loop = "loop";
    public const string Tag = "tag";

    /// <summary>CellLab's own.</summary>
    public const string ConstantPower = "constant_power";
    public const string ConstantResistance = "constant_resistance";

    public static IReadOnlyList<string> All { get; } =
        [OpenCircuit, ConstantCurrent, ConstantVoltage, VoltageScan, Impedance, Loop, Tag];
}
