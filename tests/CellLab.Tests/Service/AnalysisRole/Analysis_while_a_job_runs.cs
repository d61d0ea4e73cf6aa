using CellLab.Analysis.Cycling;
using CellLab.Core.Records;
using CellLab.Core.Units;
using CellLab.Messaging.Payloads;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Service.AnalysisRole;

public sealed class Analysis_while_a_job_runs
{
    [Fact]
    public async Task Records_that_come_by_message_give_the_cycles_of_a_batch()
    {
        RecordRow[] rows = JobRows.OfCycles(5);
        await using var bench = new RoleBench();
        await bench.StartAsync();

        foreach (RecordRow[] message in rows.Chunk(7))
        {
            bench.Service.Store(message);
            bench.Broker.Deliver(message);
        }

        await bench.AnalysedAsync(rows.Length);
        Assert.Equal([true, true, true, true, false], bench.Stored.Select(cycle => cycle.Complete));
        bench.Service.Complete();
        await Eventually.TrueAsync(() => bench.Stored is [.., { Complete: true }], "the last cycle is complete");
        Assert.Equal(bench.Batch(rows).Cycles, bench.Stored);
        Assert.DoesNotContain(bench.Service.Asked, first => first <= rows.Length);
        await Eventually.TrueAsync(() => bench.Broker.Cycles().Count == 5, "five cycles are published");
        Assert.Equal([1, 2, 3, 4, 5], bench.Broker.Cycles().Select(cycle => cycle.Cycle));
        Assert.All(bench.Broker.Cycles(), cycle => Assert.True(cycle.Complete));
    }

    [Fact]
    public async Task Lost_repeated_and_disordered_messages_change_nothing()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        RecordRow[] rows = JobRows.OfCycles(6);
        await using var bench = new RoleBench();
        await bench.StartAsync();

        foreach (RecordRow[] message in rows.Chunk(9))
        {
            bench.Service.Store(message);
            switch (random.Next(3))
            {
                case 0:
                    bench.Broker.Deliver(message);
                    break;
                case 1:
                    int from = random.Next(Math.Max(1, (int)message[0].Sequence - 20));
                    bench.Broker.Deliver(rows[from..(int)message[^1].Sequence]);
                    break;
                default:
                    break; // lost
            }
        }

        bench.Service.Complete();
        await Eventually.TrueAsync(() => bench.Stored is [.., { Cycle: 6, Complete: true }], $"six cycles, seed {seed}");
        Assert.Equal(bench.Batch(rows).Cycles, bench.Stored);
        Assert.Equal(rows.Length, bench.Analysed);
    }

    [Fact]
    public async Task A_tail_whose_messages_were_all_lost_is_found_by_asking()
    {
        RecordRow[] rows = JobRows.OfCycles(2);
        await using var bench = new RoleBench();
        await bench.StartAsync();

        bench.Service.Store(rows, tellStored: true);

        await bench.AnalysedAsync(rows.Length); // while the job still runs
        bench.Service.Complete();
        await Eventually.TrueAsync(() => bench.Stored is [{ Complete: true }, { Complete: true }], "both cycles are complete");
    }

    [Fact]
    public async Task A_job_that_was_stopped_leaves_its_last_cycle_incomplete()
    {
        RecordRow[] rows = JobRows.OfCycles(2)[..^5];
        await using var bench = new RoleBench();
        await bench.StartAsync();

        bench.Service.Store(rows);
        bench.Service.Change(facts => facts with { State = CellLab.Core.Jobs.JobState.Cancelled, Verdict = "aborted" });

        await Eventually.TrueAsync(() => bench.Stored is [_, { Closed: true }], "the last cycle is closed");
        Assert.Equal([true, false], bench.Stored.Select(cycle => cycle.Complete));
    }

    [Fact]
    public async Task The_latest_cycle_is_retained_and_grows()
    {
        RecordRow[] rows = JobRows.OfCycles(1);
        await using var bench = new RoleBench();
        await bench.StartAsync();

        bench.Service.Store(rows);
        bench.Broker.Deliver(rows[..10]);
        await Eventually.TrueAsync(() => bench.Broker.Latest().Count > 0, "a first state of the cycle");
        CyclePayload early = bench.Broker.Latest()[^1];
        bench.Broker.Deliver(rows[10..]);
        await Eventually.TrueAsync(() => bench.Broker.Latest()[^1].DischargeMahG > 0, "the discharge");

        Assert.False(early.Complete);
        Assert.Null(early.CoulombicEfficiencyPercent);
        Assert.True(early.ChargeMahG < bench.Broker.Latest()[^1].ChargeMahG);
        Assert.Empty(bench.Broker.Cycles());
    }

    [Fact]
    public async Task An_amended_mass_changes_what_is_published_but_not_the_raw_figures()
    {
        RecordRow[] rows = JobRows.OfCycles(3);
        await using var bench = new RoleBench();
        await bench.StartAsync();
        bench.Service.Store(rows, tellStored: true);
        await Eventually.TrueAsync(() => bench.Broker.Cycles().Count == 2, "two cycles");
        IReadOnlyList<CycleResult> before = bench.Stored;

        bench.Service.Change(facts => facts with { BaseInForce = new CRateBase(250, 2) });
        bench.Service.Complete();
        await Eventually.TrueAsync(() => bench.Broker.Cycles().Count == 3, "the third cycle");

        Assert.Equal(2 * bench.Broker.Cycles()[0].DischargeMahG!.Value, bench.Broker.Cycles()[2].DischargeMahG!.Value, 6);
        Assert.Equal(before.Take(2), bench.Stored.Take(2));
    }

    [Fact]
    public async Task A_message_that_is_not_ours_is_passed_over()
    {
        RecordRow[] rows = JobRows.OfCycles(1);
        await using var bench = new RoleBench();
        await bench.StartAsync();

        bench.Broker.DeliverBytes("{\"schema\":\"other/1\"}"u8.ToArray());
        bench.Broker.DeliverBytes([0xff, 0x00]);
        bench.Service.Store(rows);
        bench.Broker.Deliver(rows);

        await bench.AnalysedAsync(rows.Length);
    }
}
