using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.Engine.Hosted;

/// <summary>Whether an output does what it was told. Pure.</summary>
internal static class Plausibility
{
    private const double CurrentTolerance = 0.1;
    private const double Resolutions = 10;

    /// <returns>Null when reading and order agree, else one clause that names both.</returns>
    public static string? Wrong(SetPoint asked, in SourceReading reading, SourceMeterTraits traits)
    {
        bool on = asked is not OpenCircuitSetPoint;
        string told = reading.Fault is null ? "" : $" (the device says: {reading.Fault})";
        if (reading.OutputOn != on)
        {
            return on ? $"the device has switched its output off by itself{told}" : $"the output is on though it was switched off{told}";
        }

        if (reading.Fault is not null)
        {
            return $"the device says: {reading.Fault}";
        }

        double floor = Resolutions * traits.CurrentResolutionAmperes;
        return asked switch
        {
            CurrentSetPoint set when Math.Abs(reading.CurrentAmperes - set.Amperes) > Math.Max(CurrentTolerance * Math.Abs(set.Amperes), floor) =>
                Text($"{reading.CurrentAmperes * 1e3:F4} mA flow where {set.Amperes * 1e3:F4} mA were set"),
            VoltageSetPoint { MaxAmperes: { } most } when Math.Abs(reading.CurrentAmperes) > Math.Max((1 + CurrentTolerance) * most, most + floor) =>
                Text($"{reading.CurrentAmperes * 1e3:F4} mA flow where at most {most * 1e3:F4} mA were set"),
            PowerSetPoint set when Math.Abs(reading.CurrentAmperes - (set.Watts / reading.VoltageVolts)) > Math.Max(CurrentTolerance * Math.Abs(set.Watts / reading.VoltageVolts), floor) =>
                Text($"{reading.CurrentAmperes * reading.VoltageVolts * 1e3:F4} mW flow where {set.Watts * 1e3:F4} mW were set"),
            OpenCircuitSetPoint when Math.Abs(reading.CurrentAmperes) > floor =>
                Text($"{reading.CurrentAmperes * 1e3:F4} mA flow though the output is off"),
            _ => null,
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
