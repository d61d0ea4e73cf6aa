using CellLab.Drivers.SrsRga.Session;

namespace CellLab.Drivers.SrsRga.Measuring;

/// <summary>Calibrations that the head does by itself, and what it stores for others to read. None of it runs by itself.</summary>
internal static class RgaMaintenance
{
    private const int LongestDegasMinutes = 20;

    /// <summary>A minute of degassing may take five seconds more (client of the maker).</summary>
    private const double SecondsOfADegasMinute = 65;

    private static readonly TimeSpan s_calibration = TimeSpan.FromSeconds(120);

    /// <summary><c>CA</c>: zeroes the detector for the present settings and corrects the RF for temperature.</summary>
    public static Task ZeroAsync(RgaConversation head, CancellationToken cancellationToken) => head.RequireAsync("CA", s_calibration, cancellationToken);

    /// <summary><c>CL</c>: measures the electrometer's curve anew; stored zero offsets are forgotten.</summary>
    public static Task RecalibrateAsync(RgaConversation head, CancellationToken cancellationToken) => head.RequireAsync("CL", s_calibration, cancellationToken);

    /// <summary><c>DG</c>: switches the multiplier off, and it stays off.</summary>
    public static Task DegasAsync(RgaConversation head, int minutes, CancellationToken cancellationToken) => minutes is >= 1 and <= LongestDegasMinutes
        ? head.RequireAsync("DG", minutes, TimeSpan.FromSeconds(minutes * SecondsOfADegasMinute), cancellationToken)
        : throw head.Rejected($"expected 1 to {LongestDegasMinutes} minutes of degassing, found {minutes}");

    /// <summary>Stores what is given and asks every value back.</summary>
    public static async Task StoreAsync(RgaConversation head, RgaCalibration calibration, CancellationToken cancellationToken)
    {
        (string Command, double? Value)[] values =
        [
            ("SP", calibration.SensitivityMilliamperesPerTorr),
            ("ST", calibration.TotalSensitivityMilliamperesPerTorr),
            ("MG", calibration.MultiplierGain / 1000),
            ("MV", calibration.MultiplierVolts),
        ];
        foreach ((string command, double? value) in values)
        {
            if (value is { } number)
            {
                await head.StoreAsync(command, number, cancellationToken);
            }
        }
    }
}
