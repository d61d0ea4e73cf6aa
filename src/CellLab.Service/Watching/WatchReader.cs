using CellLab.Core.Events;
using CellLab.Service.Options;

namespace CellLab.Service.Watching;

/// <summary>Reads <c>alarms</c> of the configuration.</summary>
internal static class WatchReader
{
    private const double MostDays = 365;

    public static WatchSettings Read(ConfigurationSection root)
    {
        var settings = new WatchSettings();
        if (root.OptionalSection("alarms") is not { } alarms)
        {
            return settings;
        }

        settings = settings with
        {
            DiskFreeGigabytes = alarms.OptionalQuantity("disk_free_gb", 0.1, 1e6) ?? settings.DiskFreeGigabytes,
            DiskForecastDays = alarms.OptionalQuantity("disk_forecast_days", 0, MostDays) ?? settings.DiskForecastDays,
            ClockStepSeconds = alarms.OptionalQuantity("clock_step_s", 0.1, 3600) ?? settings.ClockStepSeconds,
            CoulombicEfficiency = alarms.OptionalSection("coulombic_efficiency") is { } efficiency ? Cycle(efficiency, 0.2) : null,
            Retention = alarms.OptionalSection("capacity_retention") is { } retention ? Cycle(retention, 1) : null,
            ForecastEnd = alarms.OptionalQuantity("forecast_end_h", 0.01, MostDays * 24) is { } hours ? TimeSpan.FromHours(hours) : null,
            IonCurrents = [.. alarms.Sections("ion_currents").Select(Ion)],
        };
        alarms.Finish();
        return settings;
    }

    private static CycleRule Cycle(ConfigurationSection section, double deadBand)
    {
        var rule = new CycleRule(
            section.Quantity("below_percent", 1, 200), section.OptionalNumber("from_cycle", 1, 100_000) ?? 3, section.OptionalNumber("cycles", 1, 100) ?? 2,
            section.OptionalQuantity("dead_band_percent", 0, 50) ?? deadBand);
        section.Finish();
        return rule;
    }

    private static IonRule Ion(ConfigurationSection section)
    {
        var rule = new IonRule(
            section.Quantity("mz", 1, 300), section.Quantity("above_a", 1e-15, 1),
            section.Word("severity", ("warning", AlarmSeverity.Warning), ("critical", AlarmSeverity.Critical)),
            TimeSpan.FromSeconds(section.OptionalQuantity("delay_s", 0, 86400) ?? 60),
            (section.OptionalQuantity("dead_band_percent", 0, 90) ?? 20) / 100);
        section.Finish();
        return rule;
    }
}
