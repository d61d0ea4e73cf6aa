using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Core.Samples;
using CellLab.Core.Storage;

namespace CellLab.Tests.Service.Rest;

public sealed class CycleListTests
{
    private const string Id = "abcdefgh2345";

    [Fact]
    public async Task Cycles_are_told_per_gram_of_the_mass_in_force()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        bench.Cycles.Cycles = [Cycle()];

        JsonElement before = Assert.Single((await bench.GetAsync($"jobs/{Id}/cycles")).GetProperty("cycles").EnumerateArray());
        Sample amended = Stories.Cell("lmno") with { Version = 2, ActiveMassMilligrams = 2.5, Reason = "weighed again" };
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [amended] }, CancellationToken.None);
        JsonElement after = Assert.Single((await bench.GetAsync($"jobs/{Id}/cycles")).GetProperty("cycles").EnumerateArray());

        string[] promised =
        [
            "cycle", "block", "pass", "rate_c", "charge_mah_g", "discharge_mah_g", "coulombic_efficiency_percent", "energy_efficiency_percent",
            "mean_charge_voltage_v", "mean_discharge_voltage_v", "complete",
        ];
        Assert.Empty(promised.Except(before.Members()));
        Assert.Equal(250, before.GetProperty("charge_mah_g").GetDouble(), 1e-9);
        Assert.Equal(200, after.GetProperty("charge_mah_g").GetDouble(), 1e-9);
        Assert.Equal(90, before.GetProperty("coulombic_efficiency_percent").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task A_job_that_nobody_has_analysed_has_no_cycles_and_no_count()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");

        Assert.Equal(0, (await bench.GetAsync($"jobs/{Id}/cycles")).GetProperty("cycles").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, (await bench.GetAsync($"jobs/{Id}")).GetProperty("counts").GetProperty("analysed").ValueKind);
    }

    [Fact]
    public async Task What_is_odd_about_the_records_is_told_beside_the_cycles()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        bench.Cycles.Findings = [Finding.Warning(FindingCodes.Gap, 17, "step_time_s", "step 3: no record, 400 s")];

        JsonElement finding = Assert.Single((await bench.GetAsync($"jobs/{Id}/cycles")).GetProperty("findings").EnumerateArray());

        Assert.Equal("gap", finding.GetProperty("code").GetString());
        Assert.Equal(17, finding.GetProperty("record").GetInt64());
        Assert.Equal("warning", finding.GetProperty("severity").GetString());
    }

    /// <summary>0.5 mAh in, 0.45 mAh out.</summary>
    private static CycleResult Cycle()
    {
        var sums = new HalfSums(5e-4, 4.5e-4, 2e-3, 1.6e-3);
        return new CycleResult(1, true, true, "main", 1, 1, sums, sums, default, 0, 0, 0, 1, 1, 5, 1.7e9, 1.7e9 + 150);
    }
}
