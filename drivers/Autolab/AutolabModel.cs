namespace CellLab.Drivers.Autolab;

/// <summary>A PGSTAT302N with the analyser FRA32M, the one combination of which measurements are public; limits as the maker's data sheets give them,
/// the current by the ranges without booster.</summary>
internal static class AutolabModel
{
    public const string Name = "PGSTAT302N";
    public const double MaxVolts = 10;
    public const double MaxAmperes = 1;
    public const double MaxHertz = 1e6;
    public const double MinHertz = 1e-5;

    /// <summary>V rms.</summary>
    public const double MaxAmplitudeVolts = 0.35;

    /// <summary>Scans are made of steps by software, one a sample; faster ones would be stairs.</summary>
    public const double MaxScanVoltsPerSecond = 0.01;

    /// <summary>Rising.</summary>
    public static IReadOnlyList<double> RangesAmperes { get; } = [10e-9, 100e-9, 1e-6, 10e-6, 100e-6, 1e-3, 10e-3, 100e-3, 1];
}
