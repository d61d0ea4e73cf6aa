using CellLab.Core.Cycles;
using CellLab.Core.Records;

namespace CellLab.Analysis.Cycling;

/// <summary>Mean current magnitude of the constant-current part, weighted by charge, for each direction.
/// A CC step counts whole. Of a CCCV step, and of a step whose kind is not known, those intervals count whose current has not
/// fallen below 95 % of the largest so far. Voltage-controlled and other steps have no such part.</summary>
public readonly record struct ConstantCurrentPart(TwoWay WeightedAmperes, TwoWay WeightAh)
{
    private const double StillConstant = 0.95;

    public double? ChargeAmperes => WeightAh.Charge > 0 ? WeightedAmperes.Charge / WeightAh.Charge : null;

    public double? DischargeAmperes => WeightAh.Discharge > 0 ? WeightedAmperes.Discharge / WeightAh.Discharge : null;

    public static ConstantCurrentPart operator +(ConstantCurrentPart left, ConstantCurrentPart right) =>
        new(left.WeightedAmperes + right.WeightedAmperes, left.WeightAh + right.WeightAh);

    public static bool Covers(StepKind kind, double meanAmperes, double largestAmperes) => kind switch
    {
        StepKind.ConstantCurrentCharge or StepKind.ConstantCurrentDischarge => true,
        StepKind.ConstantCurrentConstantVoltage or StepKind.Unknown => Math.Abs(meanAmperes) >= StillConstant * largestAmperes,
        _ => false,
    };

    public ConstantCurrentPart Plus(double meanAmperes, double ampereHours) =>
        new(WeightedAmperes.Plus(Math.Abs(meanAmperes) * ampereHours), WeightAh.Plus(ampereHours));
}
