using System.Globalization;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>One channel of the scan set-up.</summary>
internal sealed class PrismaChannel
{
    public string Mode { get; private set; } = "Single";
    public double StartMass { get; private set; } = 1;
    public double StopMass { get; private set; } = 1;
    public double DwellMilliseconds { get; private set; } = 32;
    public int PointsPerMass { get; private set; } = 1;
    public bool Enabled { get; private set; }

    /// <summary>The masses of its values; null entries for values that are no ion current.</summary>
    public IReadOnlyList<double?> Points => Mode.ToUpperInvariant() switch
    {
        "SINGLE" => [StartMass],
        "SWEEP" => [.. Enumerable.Range(0, 1 + (int)Math.Round((StopMass - StartMass) * PointsPerMass)).Select(i => (double?)(StartMass + (i / (double)PointsPerMass)))],
        _ => [null],
    };

    /// <summary>What is wrong, or null.</summary>
    public string? Set(string name, string value, double highestMass)
    {
        if (name == "channelmode")
        {
            Mode = value;
            return Known(value) ? null : $"unknown channelMode {value}";
        }

        if (name == "enabled")
        {
            Enabled = value.Equals("true", StringComparison.OrdinalIgnoreCase) || value == "1";
            return null;
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return $"{name} expects a number, found {value}";
        }

        switch (name)
        {
            case "startmass" when number >= 0 && number <= highestMass:
                StartMass = number;
                return null;
            case "stopmass" when number >= 0 && number <= highestMass:
                StopMass = number;
                return null;
            case "dwell" when number is >= 1 and <= 65535:
                DwellMilliseconds = number;
                return null;
            case "ppamu" when number is >= 1 and <= 255:
                PointsPerMass = (int)number;
                return null;
            default:
                return $"{name} does not take {value}";
        }
    }

    private static bool Known(string mode) => mode.ToUpperInvariant() is
        "SINGLE" or "SWEEP" or "TIMESTAMP" or "TOTALPRESSURE" or "BASELINE" or "SYSTEMSTATUS" or "HARDWAREERRORS" or "HARDWAREWARNINGS"
        or "EMISSIONCURRENT" or "FIXEDNUMBER" or "USERTIMER1" or "USERTIMER2" or "EXTERNALGAUGEPRESSURE";
}
