namespace CellLab.Analysis.Cycling;

/// <summary>Charge and energy of both directions, each as a positive number (Ah, Wh).</summary>
public readonly record struct HalfSums(double ChargeAh, double DischargeAh, double ChargeWh, double DischargeWh)
{
    public double ThroughputAh => ChargeAh + DischargeAh;

    public double NetAh => ChargeAh - DischargeAh;

    public static HalfSums operator +(HalfSums left, HalfSums right) => new(
        left.ChargeAh + right.ChargeAh,
        left.DischargeAh + right.DischargeAh,
        left.ChargeWh + right.ChargeWh,
        left.DischargeWh + right.DischargeWh);

    /// <summary>Adds what flowed in one interval, each quantity to the side that its own sign tells.</summary>
    public HalfSums Plus(double ampereHours, double wattHours) => new(
        ChargeAh + Forward(ampereHours),
        DischargeAh + Backward(ampereHours),
        ChargeWh + Forward(wattHours),
        DischargeWh + Backward(wattHours));

    /// <summary>As Math.Max(0, x), what is no number included, in one comparison: asked for four times a record.</summary>
    private static double Forward(double value) => value <= 0 ? 0 : value;

    private static double Backward(double value) => value >= 0 ? 0 : -value;
}
