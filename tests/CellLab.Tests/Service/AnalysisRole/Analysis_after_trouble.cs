using CellLab.Core.Records;
using CellLab.Storage.Analysis;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Service.AnalysisRole;

public sealed class Analysis_after_trouble
{
    [Fact]
    public async Task A_restart_goes_on_at_the_next_record()
    {
        RecordRow[] rows = JobRows.OfCycles(4);
        await using var bench = new RoleBench();
        bench.Service.Store(rows[..60], tellStored: true);
        await bench.StartAsync();
        await bench.AnalysedAsync(60);
        await bench.EndAsync();
        int asked = bench.Service.Asked.Count;

        bench.Service.Store(rows[60..], tellStored: true);
        bench.Service.Complete();
        await bench.StartAsync();

        await Eventually.TrueAsync(() => bench.Stored is [.., { Cycle: 4, Complete: true }], "four cycles");
        Assert.Equal(bench.Batch(rows).Cycles, bench.Stored);
        Assert.Equal([1, 51, 61], bench.Service.Asked.Skip(asked).Take(3)); // the open cycle once more, in pages, for dQ/dV; then the next record
    }

    [Fact]
    public async Task Nothing_is_read_again_of_a_job_that_is_done()
    {
        RecordRow[] rows = JobRows.OfCycles(1);
        await using var bench = new RoleBench();
        bench.Service.Store(rows);
        bench.Service.Complete();
        await bench.StartAsync();
        await Eventually.TrueAsync(() => bench.Broker.Cycles().Count == 1, "the cycle is published");
        await bench.EndAsync();
        int asked = bench.Service.Asked.Count;

        int surveys = bench.Service.Surveys;
        bench.Broker.Deliver(rows);
        await bench.StartAsync();
        await Eventually.TrueAsync(() => bench.Service.Surveys > surveys + 3, "some more surveys");
        await bench.EndAsync();

        Assert.Equal(asked, bench.Service.Asked.Count);
        Assert.Single(bench.Broker.Cycles());
    }

    [Fact]
    public async Task A_cycle_that_was_stored_but_not_published_is_published_after_a_restart()
    {
        RecordRow[] rows = JobRows.OfCycles(3);
        await using var bench = new RoleBench();
        bench.Broker.SetConnected(false);
        bench.Service.Store(rows, tellStored: true);
        await bench.StartAsync();
        await bench.AnalysedAsync(rows.Length);
        await Eventually.TrueAsync(() => bench.Broker.Refused > 1, "publishing is tried again");
        await bench.EndAsync();
        Assert.Empty(bench.Broker.Cycles());

        bench.Broker.SetConnected(true);
        await bench.StartAsync();

        await Eventually.TrueAsync(() => bench.Broker.Cycles().Count == 2, "both cycles");
        Assert.Equal([1, 2], bench.Broker.Cycles().Select(cycle => cycle.Cycle));
    }

    [Fact]
    public async Task An_ended_job_whose_end_no_broker_heard_of_is_told_after_a_restart()
    {
        await using var bench = new RoleBench();
        bench.Broker.SetConnected(false);
        bench.Service.Store(JobRows.OfCycles(2));
        bench.Service.Complete();
        await bench.StartAsync();
        await Eventually.TrueAsync(() => bench.Stored is [_, { Complete: true }], "both cycles");
        await bench.EndAsync();

        bench.Broker.SetConnected(true);
        await bench.StartAsync();

        await Eventually.TrueAsync(
            () => bench.Broker.Latest() is [.., { Cycle: 2, Complete: true }] && bench.Broker.Cycles().Count >= 2, "the latest cycle is the complete second");
        Assert.Equal([1, 2], bench.Broker.Cycles().Select(cycle => cycle.Cycle));
    }

    [Fact]
    public async Task Cycles_wait_for_a_broker_that_is_away_and_come_in_order_and_once()
    {
        RecordRow[] rows = JobRows.OfCycles(4);
        await using var bench = new RoleBench();
        await bench.StartAsync();
        bench.Broker.SetConnected(false);
        bench.Service.Store(rows, tellStored: true);
        await bench.AnalysedAsync(rows.Length);

        bench.Broker.SetConnected(true);

        await Eventually.TrueAsync(() => bench.Broker.Cycles().Count >= 3, "three cycles");
        Assert.Equal([1, 2, 3], bench.Broker.Cycles().Select(cycle => cycle.Cycle));
        await Eventually.TrueAsync(() => bench.Broker.Latest().Count > 0, "the latest cycle");
    }

    [Fact]
    public async Task A_broker_that_comes_back_gets_the_latest_cycle_again()
    {
        RecordRow[] rows = JobRows.OfCycles(1);
        await using var bench = new RoleBench();
        bench.Service.Store(rows);
        bench.Service.Complete();
        await bench.StartAsync();
        await Eventually.TrueAsync(() => bench.Broker.Latest().Count > 0, "the latest cycle");
        int before = bench.Broker.Latest().Count;

        bench.Broker.SetConnected(false);
        bench.Broker.SetConnected(true);

        await Eventually.TrueAsync(() => bench.Broker.Latest().Count > before, "the latest cycle again");
    }

    [Fact]
    public async Task A_service_that_was_away_is_asked_again()
    {
        RecordRow[] rows = JobRows.OfCycles(2);
        await using var bench = new RoleBench();
        bench.Service.IsAway = true;
        await bench.StartAsync();
        bench.Service.Store(rows);
        bench.Broker.Deliver(rows[..40]);
        bench.Broker.Deliver(rows[40..50]);

        bench.Service.IsAway = false;
        bench.Broker.Deliver(rows[50..]);

        await bench.AnalysedAsync(rows.Length);
    }

    [Fact]
    public async Task Results_of_another_method_version_are_computed_again()
    {
        RecordRow[] rows = JobRows.OfCycles(2);
        await using var bench = new RoleBench();
        using (AnalysisStore store = AnalysisStore.Open(bench.Folder))
        {
            store.Write([new AnalysisWrite(
                FakeService.Job, Streams.Cycler, 99, """{"Method":"cycling-0"}""", true, [new StoredCycle(7, false, "{}")], [])]);
        }

        bench.Service.Store(rows);
        bench.Service.Complete();
        await bench.StartAsync();

        await Eventually.TrueAsync(() => bench.Analysed == rows.Length, "all records analysed");
        await Eventually.TrueAsync(() => bench.Stored is [_, { Complete: true }], "both cycles");
        Assert.Equal(bench.Batch(rows).Cycles, bench.Stored);
    }

    [Fact]
    public async Task A_job_that_is_continued_after_its_end_is_analysed_on()
    {
        RecordRow[] rows = JobRows.OfCycles(3);
        await using var bench = new RoleBench();
        bench.Service.Store(rows[..80]);
        bench.Service.Complete();
        await bench.StartAsync();
        await Eventually.TrueAsync(() => bench.Stored is [_, _, { Closed: true }], "the job is over");

        bench.Service.Change(facts => facts with { State = CellLab.Core.Jobs.JobState.Running, Verdict = null });
        bench.Service.Store(rows[80..]);
        bench.Broker.Deliver(rows[80..]);
        await bench.AnalysedAsync(rows.Length);
        bench.Service.Complete();

        await Eventually.TrueAsync(() => bench.Stored is [_, _, { Complete: true }], "the third cycle is complete");
        Assert.Equal(bench.Batch(rows).Cycles, bench.Stored);
    }
}
