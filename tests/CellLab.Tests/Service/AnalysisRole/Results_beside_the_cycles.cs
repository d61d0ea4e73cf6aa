using CellLab.Core.Records;
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

    private static IReadOnlyList<StoredResult> Results(RoleBench bench, string kind) => bench.Reader.ReadResults(FakeService.Job, kind);
}
