using CellLab.Analysis.DqDv;
using CellLab.Core.Samples;

namespace CellLab.Service.Offline.Analyze;

/// <summary>What an analysis is told beside its file. Everything has a default or is not done without it.</summary>
public sealed record AnalyzeSettings
{
    public CyclingInput Cycling { get; init; } = new();

    public DqDvInput DqDv { get; init; } = new();

    public EisInput Eis { get; init; } = new();

    /// <summary>Null: no GITT.</summary>
    public GittInput? Gitt { get; init; }

    public DemsInput Dems { get; init; } = new();

    public XrdInput Xrd { get; init; } = XrdInput.Default;
}

/// <param name="NominalAh">What 0.1 % is taken of when cycles are counted; null: the largest step of the file.</param>
public sealed record CyclingInput(double? NominalAh = null, LeadingDirection Leading = LeadingDirection.Charge);

/// <param name="Cycles">Null: all.</param>
public sealed record DqDvInput(
    IReadOnlyList<int>? Cycles = null, double BinVolts = DqDvCurve.DefaultBinVolts, double SigmaVolts = DqDvCurve.DefaultSigmaVolts);

public sealed record EisInput(
    IReadOnlyList<LinKkInput>? LinKk = null, CircuitInput? Circuit = null, IReadOnlyList<WarburgInput>? Warburg = null)
{
    /// <summary>Geometric, of the electrode; a disc of 10 mm where nobody has told.</summary>
    public double AreaCm2 { get; init; } = Math.PI / 4;

    /// <summary>Of lithium; by default of Li1.2Mn0.6Ni0.2O2 at 4.25 g/cm3.</summary>
    public double ConcentrationMolCm3 { get; init; } = 1.2 * 4.25 / 85.03;

    public double TemperatureK { get; init; } = 298.15;

    public int Electrons { get; init; } = 1;
}

/// <param name="C">Stop at mu below this; null with <paramref name="MaxM"/>: that number of elements.</param>
public sealed record LinKkInput(double? C, bool RealOnly, int? MaxM, bool? Capacitor);

public sealed record CircuitInput(string Code, bool ModulusWeight = true, bool CapacitiveOnly = true);

public sealed record WarburgInput(int? LowestPoints, double? LowHz, double? HighHz);

public sealed record GittInput(double ActiveMassMg, double MolarMassGMol, double DensityGCm3, double AreaCm2);
