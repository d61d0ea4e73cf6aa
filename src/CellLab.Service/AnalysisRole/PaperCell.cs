using CellLab.Analysis.Gitt;

namespace CellLab.Service.AnalysisRole;

/// <summary>What diffusion coefficients take for the electrode where nobody has told: Li1.2Mn0.6Ni0.2O2 on a 10 mm disc. Printed with every result.</summary>
internal static class PaperCell
{
    public const double MolarMassGMol = 85.03;
    public const double DensityGCm3 = 4.25;

    /// <summary>Geometric: pi/4 cm2.</summary>
    public const double AreaCm2 = Math.PI / 4;

    /// <summary>Geometric, of the disc that the sample names.</summary>
    public static double AreaOf(JobFacts facts) => facts.DiameterMillimetres is { } diameter ? Math.PI * diameter * diameter / 400 : AreaCm2;

    public static GittInputs Gitt(double activeMassMilligrams) => new(activeMassMilligrams, MolarMassGMol, DensityGCm3, AreaCm2);

    /// <summary>With the sample's figures in force.</summary>
    public static GittInputs Gitt(JobFacts facts) => Gitt(facts.BaseInForce.ActiveMassMilligrams) with { AreaCm2 = AreaOf(facts), SampleVersion = facts.SampleVersion };
}
