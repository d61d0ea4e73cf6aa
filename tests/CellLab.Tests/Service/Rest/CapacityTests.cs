using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Tests.Service.Rest;

public sealed class CapacityTests
{
    private static readonly JobId Job = new("abcdefgh2345");

    [Fact]
    public void Retention_refers_to_the_first_complete_cycle_of_the_same_block_and_rate()
    {
        CapacityView view = CapacityEndpoint.Of(
            Job, [Cycle(1, "formation", 0.1, 250), Cycle(2, "aging", 1, 200), Cycle(3, "aging", 1, 190), Cycle(4, "aging", 1, 60, complete: false)]);

        Assert.Equal((4, 3, 2), (view.Cycles, view.Newest!.Cycle, view.ReferenceCycle));
        Assert.Equal(95, view.RetentionPercent);
    }

    [Fact]
    public void Before_the_first_complete_cycle_the_open_one_is_shown_and_no_retention()
    {
        CapacityView view = CapacityEndpoint.Of(Job, [Cycle(1, "aging", 1, 20, complete: false)]);

        Assert.Equal((1, null, null), (view.Newest!.Cycle, view.ReferenceCycle, view.RetentionPercent));
        Assert.Null(CapacityEndpoint.Of(Job, []).Newest);
    }

    private static CycleView Cycle(int number, string block, double rate, double discharge, bool complete = true) => new()
    {
        Cycle = number, Block = block, Pass = number, RateC = rate, DischargeMahG = discharge, Complete = complete, CRateBaseMahG = 250, ActiveMassMg = 2,
        ChargeAh = 0, DischargeAh = 0, ChargeWh = 0, DischargeWh = 0, Integrated = new IntegratedView(0, 0, 0, 0), Gaps = 0, CounterFalls = 0,
        Resumed = false, FirstRecord = 1, LastRecord = 2, StartedUtcSeconds = 0, EndedUtcSeconds = 1, Method = "m",
    };
}
