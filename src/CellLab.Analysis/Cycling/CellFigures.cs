using CellLab.Core.Samples;
using CellLab.Core.Units;

namespace CellLab.Analysis.Cycling;

/// <summary>What turns raw Ah and A into values per gram and C-rates: the figures in force, which an amendment may have changed.</summary>
public sealed record CellFigures(CRateBase Base, LeadingDirection Leading)
{
    /// <summary>Ah on this cell per gram of active material: mAh/g = Ah x 1e6 / mg.</summary>
    public double PerGram(double ampereHours) => ampereHours * 1e6 / Base.ActiveMassMilligrams;

    /// <summary>A current as a multiple of the base.</summary>
    public double RateOf(double amperes) => amperes / Base.OneCAmperes;
}
