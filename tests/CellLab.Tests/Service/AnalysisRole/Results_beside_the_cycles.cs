using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Analysis.Gitt;
using CellLab.Core.Records;
using CellLab.Service.AnalysisRole;
using CellLab.Storage.Analysis;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Service.AnalysisRole;

public sealed class Results_beside_the_cycles
{
    [Fact]
    public async Task A_restart_in_the_middle_of_a_cycle_changes_no_result()
    {
        RecordRow[] rows = JobRows.OfCycles(6);
        await using var whole = new RoleBench();
        whole.Service.Store(rows);
        await whole.StartAsync();
        whole.Service.Complete();
        await Eventually.TrueAsync(() => Results(whole, "dqdv").Count == 6, "six cycles");

        int seed = Random.Shared.Next();
        int cut = new Random(seed).Next(1, rows.Length);
        await using var cutInTwo = new RoleBench();
        cutInTwo.Service.Store(rows[..cut], tellStored: true);
        await cutInTwo.StartAsync();
        await cutInTwo.AnalysedAsync(cut);
        await cutInTwo.EndAsync();
        cutInTwo.Service.Store(rows[cut..], tellStored: true);
        cutInTwo.Service.Complete();
        await cutInTwo.StartAsync();
        await Eventually.TrueAsync(() => Results(cutInTwo, "dqdv").Count == 6 && cutInTwo.Stored is [.., { Complete: true }], $"six cycles, cut at {cut}, seed {seed}");

        Assert.Equal(Results(whole, "dqdv"), Results(cutInTwo, "dqdv"));
        Assert.Equal(Results(whole, "life"), Results(cutInTwo, "life"));
    }

    [Fact]
    public async Task Every_result_is_published_once_with_its_method()
    {
        await using var bench = new RoleBench();
        bench.Service.Store(JobRows.OfCycles(3));
        bench.Service.Complete();
        await bench.StartAsync();

        await Eventually.TrueAsync(() => bench.Broker.Analyses("dqdv").Count == 3, "three curves");
        Assert.Equal([1, 2, 3], bench.Broker.Analyses("dqdv").Select(payload => payload.Item));
        Assert.All(bench.Broker.Analyses("dqdv"), payload => Assert.StartsWith("dqdv-", payload.Result.GetProperty("method").GetString()));
        Assert.Equal(3, bench.Broker.Analyses("life")[^1].Result.GetProperty("blocks")[0].GetProperty("cycles").GetInt32());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_amended_mass_makes_stored_pulses_and_fade_anew_and_publishes_them_also_of_an_ended_job(bool ended)
    {
        RecordRow[] rows = [.. PulseRows.Of(5)];
        await using var bench = new RoleBench();
        bench.Service.Change(facts => facts with { SampleVersion = 1 });
        bench.Service.Store(rows, tellStored: true);
        await bench.StartAsync();
        if (ended)
        {
            bench.Service.Complete();
        }

        await Eventually.TrueAsync(() => Results(bench, "gitt").Count == (ended ? 5 : 4), "the pulses");
        GittPulseResult[] before = [.. Results(bench, "gitt").Select(result => GittPulseResult.FromJson(result.ResultJson))];

        bench.Service.Change(facts => facts with { BaseInForce = facts.BaseInForce with { ActiveMassMilligrams = 5 }, SampleVersion = 2 });
        await Eventually.TrueAsync(() => Results(bench, "gitt").All(result => GittPulseResult.FromJson(result.ResultJson).ActiveMassMg == 5), "pulses of 5 mg");
        await Eventually.TrueAsync(() => bench.Broker.Analyses("gitt").Count >= 2 * before.Length, "them published");
        bench.Service.Complete();
        await Eventually.TrueAsync(() => Results(bench, "gitt").Count == 5, "the last pulse");

        GittPulseResult[] after = [.. Results(bench, "gitt").Select(result => GittPulseResult.FromJson(result.ResultJson))];
        var series = new GittSeries(PulseRows.SmallestAmperes, PaperCell.Gitt(bench.Service.Facts));
        GittPulseResult[] batch = [.. rows.Select(row => series.Add(CyclingRecord.From(row), row.TestTimeSeconds)).Append(series.Finish()).OfType<GittPulseResult>()];
        Assert.All(before, pulse => Assert.Equal((4, 1), (pulse.ActiveMassMg, pulse.SampleVersion)));
        Assert.All(after, pulse => Assert.Equal((5, 2), (pulse.ActiveMassMg, pulse.SampleVersion)));
        Assert.All(after.Zip(batch), pair => Assert.Equal(1, pair.First.DCm2S!.Value / pair.Second.DCm2S!.Value, 1e-12));
    }

    [Fact]
    public async Task An_amended_mass_makes_the_fade_of_an_ended_job_anew()
    {
        await using var bench = new RoleBench();
        bench.Service.Store(JobRows.OfCycles(4), tellStored: true);
        bench.Service.Complete();
        await bench.StartAsync();
        await Eventually.TrueAsync(() => FirstDischarge(bench) is not null, "the fade");
        double before = FirstDischarge(bench)!.Value;
        await bench.EndAsync();

        bench.Service.Change(facts => facts with { BaseInForce = facts.BaseInForce with { ActiveMassMilligrams = 2 } });
        await bench.StartAsync(); // what was amended while nobody analysed is noticed too
        await Eventually.TrueAsync(() => Math.Abs(FirstDischarge(bench)!.Value - (2 * before)) < 1e-9, "twice the capacity per gram");
    }

    private static double? FirstDischarge(RoleBench bench) => Results(bench, "life") is [{ ResultJson: { } json }] && JsonElement.Parse(json).GetProperty("blocks") is var blocks
        && blocks.GetArrayLength() > 0 ? blocks[0].GetProperty("first_discharge_mah_g").GetDouble() : null;

    private static IReadOnlyList<StoredResult> Results(RoleBench bench, string kind) => bench.Reader.ReadResults(FakeService.Job, kind);
}
