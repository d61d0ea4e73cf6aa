namespace CellLab.Core.Programs;

/// <summary>What a step asks of the output.</summary>
internal static class SetPoints
{
    public static SetPoint Of(ProgramStep step, double stepSeconds) => step switch
    {
        CurrentStep current => new CurrentSetPoint(current.CurrentAmperes),
        VoltageStep hold => new VoltageSetPoint(hold.VoltageVolts, Math.Abs(hold.StartCurrentAmperes ?? 0) is > 0 and var limit ? limit : null, hold.Charging),
        ScanStep scan => new VoltageSetPoint(ScanVolts(scan, stepSeconds), null),
        PowerStep power => new PowerSetPoint(power.Watts),
        ResistanceStep resistance => new ResistanceSetPoint(resistance.Ohms),
        _ => SetPoint.OpenCircuit,
    };

    private static double ScanVolts(ScanStep scan, double stepSeconds)
    {
        double way = scan.EndVolts - scan.StartVolts;
        double gone = Math.Min(scan.VoltsPerSecond * stepSeconds, Math.Abs(way));
        return scan.StartVolts + Math.Sign(way) * gone;
    }
}
