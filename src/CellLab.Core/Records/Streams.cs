namespace CellLab.Core.Records;

/// <summary>Names of record streams: those of the pipeline roles that write them.</summary>
public static class Streams
{
    public const string Cycler = "cycler";

    /// <summary>Impedance spectra.</summary>
    public const string Impedance = "eis";

    /// <summary>Ion currents.</summary>
    public const string MassSpectrometer = "ms";

    /// <summary>Diffraction patterns.</summary>
    public const string Diffraction = "xrd";
}
