namespace CellLab.Core.Protocols.Language;

/// <summary>The voltages that a step heads for.</summary>
internal static class StepVoltages
{
    public static IEnumerable<double> Of(ProtocolStep step) => step switch
    {
        ConstantCurrentStep { UntilVolts: { } volts } => [volts],
        ConstantVoltageStep hold => [hold.Volts],
        ConstantPowerStep { UntilVolts: { } volts } => [volts],
        ConstantResistanceStep { UntilVolts: { } volts } => [volts],
        VoltageScanStep scan => [scan.StartVolts, scan.EndVolts],
        ImpedanceStep { HoldVolts: { } volts } => [volts],
        _ => [],
    };
}
