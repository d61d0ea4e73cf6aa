using System.Globalization;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.HardwareSim.Expected;

namespace CellLab.Cli.Demo;

/// <summary>Compares a job's cycles, as the service computed them from what went over the wires, with what the cell model gives.</summary>
internal static class DemoResults
{
    private const double FirstCycleTolerancePercent = 1.0;
    private const double RateTolerancePercent = 1.5;
    private const int ComparedPass = 3;

    /// <summary>The service tells the rate that was applied: noise and the gain of the current range are in it.</summary>
    private const double SameRate = 0.1;

    /// <param name="allRates">Every rate of the rate map must be there; else only those that were run are compared.</param>
    public static IReadOnlyList<Comparison> Compare(ExpectedCell expected, JsonElement cycles, bool allRates)
    {
        List<JsonElement> all = [.. cycles.Items("cycles")];
        var rows = new List<Comparison>(FirstCycle(expected, all.FirstOrDefault()));
        foreach (ExpectedRateCapacity rate in expected.Rates)
        {
            JsonElement? third = ThirdCycle(all, rate.RateC);
            if (allRates || third is not null)
            {
                rows.Add(new Comparison(
                    $"discharge at {rate.RateC.ToString(CultureInfo.InvariantCulture)}C, third cycle", "mAh/g",
                    third?.NumberOf("discharge_mah_g"), rate.DischargeMilliampereHoursPerGram, Tolerance.Percent(RateTolerancePercent)));
            }
        }

        return rows;
    }

    private static Comparison[] FirstCycle(ExpectedCell expected, JsonElement first) =>
    [
        new("first charge, 0.1C", "mAh/g", first.NumberOf("charge_mah_g"), expected.FirstChargeMilliampereHoursPerGram, Tolerance.Percent(FirstCycleTolerancePercent)),
        new("first discharge, 0.1C", "mAh/g", first.NumberOf("discharge_mah_g"), expected.FirstDischargeMilliampereHoursPerGram, Tolerance.Percent(FirstCycleTolerancePercent)),
        new("first coulombic efficiency", "%", first.NumberOf("coulombic_efficiency_percent"), expected.FirstCoulombicEfficiencyPercent, Tolerance.Percent(FirstCycleTolerancePercent)),
    ];

    private static JsonElement? ThirdCycle(List<JsonElement> cycles, double rateC)
    {
        foreach (JsonElement cycle in cycles)
        {
            if (cycle.NumberOf("pass") == ComparedPass && cycle.NumberOf("rate_c") is { } rate && Math.Abs((rate / rateC) - 1) < SameRate)
            {
                return cycle;
            }
        }

        return null;
    }
}
