namespace CellLab.Core.Cycles;

/// <summary>One quantity kept apart by direction, both parts positive.</summary>
public readonly record struct TwoWay(double Charge, double Discharge)
{
    public double Total => Charge + Discharge;

    public double Net => Charge - Discharge;

    public TwoWay Plus(double signed) => signed >= 0 ? this with { Charge = Charge + signed } : this with { Discharge = Discharge - signed };

    public static TwoWay operator +(TwoWay left, TwoWay right) => new(left.Charge + right.Charge, left.Discharge + right.Discharge);
}
