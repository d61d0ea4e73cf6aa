using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>Between which voltages a program moves a cell, and at which end it finds it.</summary>
internal sealed record PlainWindow(double Low, double High, bool StartsFull)
{
    private const double UsualLow = 2.0;
    private const double UsualHigh = 4.8;

    public double Volts => High - Low;

    /// <summary>By the cut-offs; a side without one gets the usual voltage of this laboratory's cells.</summary>
    public static PlainWindow Of(CellProgram program)
    {
        double[] voltages = [.. program.Steps.SelectMany(Voltages)];
        double low = Math.Min(voltages.DefaultIfEmpty(UsualLow).Min(), UsualHigh - 1);
        double high = Math.Max(voltages.DefaultIfEmpty(UsualHigh).Max(), low + 1);
        bool discharges = program.Steps.OfType<CurrentStep>().FirstOrDefault() is { CurrentAmperes: < 0 };
        return new PlainWindow(low, high, discharges);
    }

    private static IEnumerable<double> Voltages(ProgramStep step) => step switch
    {
        CurrentStep { UntilVoltageVolts: { } volts } => [volts],
        VoltageStep hold => [hold.VoltageVolts],
        ScanStep scan => [scan.StartVolts, scan.EndVolts],
        _ => [],
    };
}
