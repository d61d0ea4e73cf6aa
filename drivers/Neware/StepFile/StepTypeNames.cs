namespace CellLab.Drivers.Neware.StepFile;

/// <summary>What people call the kinds of steps.</summary>
internal static class StepTypeNames
{
    public static string Of(StepType type) => type switch
    {
        StepType.ConstantCurrentCharge => "CC charge",
        StepType.ConstantCurrentDischarge => "CC discharge",
        StepType.ConstantVoltageCharge => "CV charge",
        StepType.Rest => "rest",
        StepType.Loop => "loop",
        StepType.End => "end",
        StepType.ConstantCurrentVoltageCharge => "CCCV charge",
        StepType.ConstantPowerDischarge => "constant power discharge",
        StepType.ConstantPowerCharge => "constant power charge",
        StepType.ConstantResistanceDischarge => "constant resistance discharge",
        StepType.Pause => "pause",
        StepType.Pulse => "pulse",
        StepType.Simulation => "simulation (profile)",
        StepType.PackCharge => "pack CCCV charge",
        StepType.ConstantVoltageDischarge => "CV discharge",
        StepType.ConstantCurrentVoltageDischarge => "CCCV discharge",
        StepType.Control => "control",
        StepType.OpenCircuitVoltage => "open circuit voltage",
        StepType.VoltageScan => "voltage scan",
        StepType.ConstantPowerVoltageDischarge => "CPCV discharge",
        StepType.ConstantPowerVoltageCharge => "CPCV charge",
        _ => FormattableString.Invariant($"type {(int)type}, which is not known"),
    };
}
