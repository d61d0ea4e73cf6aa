using CellLab.Drivers.SrsRga.Wire;

namespace CellLab.Drivers.SrsRga;

/// <summary>Numbers of the SRS RGA and of its Ethernet adapter, with their source.</summary>
internal static class SrsRgaProtocol
{
    /// <summary>Of the maker's Ethernet adapter (srsinst.rga).</summary>
    public const int DefaultPort = 818;

    /// <summary>Fixed by the head: 8 data bits, no parity, 1 stop bit, RTS/CTS (manual).</summary>
    public const int Baud = 28800;

    /// <summary>Above it the filament may not be lit (manual).</summary>
    public const double HighestFilamentTorr = 1e-4;

    public const double PascalsPerTorr = 133.322368;

    /// <summary>Largest difference between asked and measured emission (manual).</summary>
    public const double EmissionTolerance = 0.02;

    /// <summary>Error bits that end a measurement: trying again would not help and might harm.</summary>
    public const RgaStatus Grave = RgaStatus.Filament | RgaStatus.MassFilter | RgaStatus.Supply;

    /// <summary>Seconds of one <c>MR</c> by noise floor, measured on a real head by users of ruediPy (MPL-2.0).</summary>
    public static IReadOnlyList<double> SingleMassSeconds { get; } = [2.4, 1.21, 0.48, 0.25, 0.163, 0.060, 0.043, 0.025];

    /// <summary>An <c>MR</c> is the largest of seven readings: one point takes a seventh (estimate).</summary>
    public static double PointSeconds(int noiseFloor) => SingleMassSeconds[noiseFloor] / 7;

    /// <summary>The slowest setting that is not slower than wished; the fastest when none is.</summary>
    public static int NoiseFloorFor(double dwellSeconds, bool singleMass)
    {
        for (int floor = 0; floor < SingleMassSeconds.Count; floor++)
        {
            if ((singleMass ? SingleMassSeconds[floor] : PointSeconds(floor)) <= dwellSeconds)
            {
                return floor;
            }
        }

        return SingleMassSeconds.Count - 1;
    }
}
