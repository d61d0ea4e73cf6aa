using System.Globalization;

namespace CellLab.SystemTests.Harness;

/// <summary>Protocols for a fresh cell of the bench. At 1C one cycle takes about two lab hours.</summary>
internal static class Protocols
{
    public static string Cycles(int count, double rateC = 1, double recordSeconds = 10) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "unicycler": {"version": "0.4.6"},
          "sample": {"name": "$NAME"},
          "record": {"time_s": {{recordSeconds}}},
          "safety": {"max_voltage_V": 4.9, "min_voltage_V": 1.8, "delay_s": 5},
          "method": [
            {"step": "tag", "tag": "cycling"},
            {"step": "constant_current", "rate_C": {{rateC}}, "until_voltage_V": 4.8},
            {"step": "constant_current", "rate_C": {{-rateC}}, "until_voltage_V": 2.0},
            {"step": "loop", "loop_to": "cycling", "cycle_count": {{count}}}
          ]
        }
        """);
}
