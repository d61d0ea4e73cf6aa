using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>The voltages that a program heads for. Defaults are taken from the direction's own cut-offs: the lowest charge cut-off says
/// nothing about how far a cell may be discharged.</summary>
internal sealed record VoltageWindow(double? Highest, double? Lowest, double? HighestCharge, double? LowestDischarge)
{
    public static VoltageWindow Of(IReadOnlyList<ProgramStep> steps)
    {
        double[] charge = [.. steps.SelectMany(step => Voltages(step, charging: true))];
        double[] discharge = [.. steps.SelectMany(step => Voltages(step, charging: false))];
        double[] all = [.. charge, .. discharge];
        return new VoltageWindow(Max(all), Min(all), Max(charge), Min(discharge));
    }

    private static IEnumerable<double> Voltages(ProgramStep step, bool charging) => step switch
    {
        CurrentStep { UntilVoltageVolts: { } volts } current when current.CurrentAmperes > 0 == charging => [volts],
        PowerStep { UntilVoltageVolts: { } volts } power when power.Watts > 0 == charging => [volts],
        ResistanceStep { UntilVoltageVolts: { } volts } when !charging => [volts],
        VoltageStep hold when hold.Charging == charging => [hold.VoltageVolts],
        ScanStep scan => [scan.StartVolts, scan.EndVolts],
        _ => [],
    };

    private static double? Max(double[] values) => values.Length == 0 ? null : values.Max();

    private static double? Min(double[] values) => values.Length == 0 ? null : values.Min();
}
