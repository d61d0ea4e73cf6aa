namespace CellLab.Core.Units;

/// <summary>What 1C stands for on one cell: nominal capacity (mAh/g, so mA/g for one hour) times active mass (mg).
/// There is no default: a C-rate without a base is refused (docs: data formats, section 7).</summary>
public readonly record struct CRateBase(double MilliampereHoursPerGram, double ActiveMassMilligrams)
{
    /// <summary>The current of 1C on this cell, in amperes: mAh/g x mg = 1e-6 Ah.</summary>
    public double OneCAmperes => MilliampereHoursPerGram * ActiveMassMilligrams * 1e-6;

    public CRate RateOf(Current current) => new(current.Amperes / OneCAmperes);
}
