namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Constants of the unicycler file format.</summary>
internal static class UnicyclerWords
{
    /// <summary>Stands for a sample's name that is given later.</summary>
    public const string NamePlaceholder = "$NAME";

    /// <summary>mA to A, mAh to Ah, mV/s to V/s.</summary>
    public const double Milli = 1e-3;

    public const double MinHertz = 1e-5;
    public const double MaxHertz = 1e7;
    public const int DefaultPointsPerDecade = 10;
    public const int DefaultMeasuresPerPoint = 1;
}
