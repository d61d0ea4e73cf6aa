namespace CellLab.Analysis.Cycling;

/// <summary>Charge and energy of both directions, each as a positive number (Ah, Wh).</summary>
public readonly record struct HalfSums(double ChargeAh, double DischargeAh, double ChargeWh, double DischargeWh)
{
    public double ThroughputAh => ChargeAh + DischargeAh;

    public static HalfSums operator +(HalfSums left, HalfSums right) => new(
        left.ChargeAh + right.ChargeAh,
        left.DischargeAh + right.DischargeAh,
        left.ChargeWh + right.ChargeWh,
        left.DischargeWh + right.DischargeWh);

    /// <summary>Adds what flowed in one interval, each quantity to the side that its own sign tells.</summary>
    public HalfSums Plus(double ampereHours, double wattHours) => new(
        ChargeAh + Math.Max(0, ampereHours),
        DischargeAh + Math.Max(0, -ampereHours),
        ChargeWh + Math.Max(0, wattHours),
        DischargeWh + Math.Max(0, -wattHours));
}
