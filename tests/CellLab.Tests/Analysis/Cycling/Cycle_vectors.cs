using CellLab.Analysis.Cycling;
using CellLab.Core.Records;

namespace CellLab.Tests.Analysis.Cycling;

/// <summary>Figures that follow from formulas.</summary>
public sealed class Cycle_vectors
{
    [Fact]
    public void A_charge_and_a_discharge_give_capacity_energy_and_the_ratios()
    {
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantCurrentCharge, [0, 900, 1800, 2700, 3600], _ => 1, t => 3 + (t / 3600))
            .Step(StepKind.ConstantCurrentDischarge, Data.Grid(0, 3240, 4), _ => -1, t => 3.9 - (0.9 * t / 3240))
            .Run();

        CycleView cycle = Assert.Single(batch.Cycles).ToView(Data.TwoMilligrams);
        Assert.Equal(1e-3, cycle.ChargeAh, 12);
        Assert.Equal(3.5e-3, cycle.ChargeWh, 12);
        Assert.Equal(3.5, cycle.MeanChargeVoltageV!.Value, 9);
        Assert.Equal(0.9e-3, cycle.DischargeAh, 12);
        Assert.Equal(3.105e-3, cycle.DischargeWh, 12);
        Assert.Equal(3.45, cycle.MeanDischargeVoltageV!.Value, 9);
        Assert.Equal(90, cycle.CoulombicEfficiencyPercent!.Value, 9);
        Assert.Equal(88.714, cycle.EnergyEfficiencyPercent!.Value, 3);
        Assert.Equal(0.05, cycle.HysteresisV!.Value, 9);
        Assert.Equal(500, cycle.ChargeMahG!.Value, 6);
        Assert.Equal(450, cycle.DischargeMahG!.Value, 6);
        Assert.Equal(2, cycle.RateC!.Value, 9); // 1 mA on 0.5 mAh
        Assert.Equal(0, cycle.EstimatedFraction);
        Assert.True(cycle.Complete);
    }

    [Fact]
    public void A_constant_voltage_tail_is_a_sum_of_trapezoids()
    {
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantVoltage, Data.Grid(0, 3600, 60), t => Math.Exp(-t / 1200), _ => 4.8)
            .Run();

        StepResult step = Assert.Single(batch.Steps);
        Assert.Equal(0.3168036e-3, step.Sums.ChargeAh, 10);
        Assert.Equal(1.5206574e-3, step.Sums.ChargeWh, 10);
        Assert.Null(Assert.Single(batch.Cycles).ToView(Data.TwoMilligrams).RateC);
    }

    [Fact]
    public void A_counter_that_falls_within_a_step_is_added_in_parts_with_a_warning()
    {
        double[] counter = [0, 0.1, 0.2, 0, 0.1, 0.3];
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantCurrentDischarge, Data.Grid(0, 1800, 5), _ => -1, _ => 3.5, t => counter[(int)Math.Round(t / 360)])
            .Run();

        StepResult step = Assert.Single(batch.Steps);
        Assert.Equal(0.5e-3, step.Sums.DischargeAh, 12);
        Assert.Equal(1, step.CounterFalls);
        Finding finding = Assert.Single(batch.Findings, f => f.Code == FindingCodes.CounterFell);
        Assert.Equal(4, finding.Record);
    }

    [Fact]
    public void A_reversed_interval_inside_a_charge_step_is_kept_apart()
    {
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantCurrentCharge, [0, 240, 240, 300, 300, 600], new Turns().At, _ => 4)
            .Run();

        HalfSums sums = Assert.Single(batch.Steps).Sums;
        Assert.Equal(540.0 / 3600e3, sums.ChargeAh, 12);
        Assert.Equal(6.0 / 3600e3, sums.DischargeAh, 12);
    }

    [Fact]
    public void What_flowed_before_a_late_first_record_is_added_as_estimated()
    {
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantCurrentDischarge, Data.Grid(10, 3600, 359), _ => -1, _ => 3.5)
            .Run();

        StepResult step = Assert.Single(batch.Steps);
        Assert.Equal(1e-3, step.Sums.DischargeAh, 12);
        Assert.Equal(0.002778e-3, step.EstimatedAh, 9);
        Assert.Equal(3.5e-3, step.Sums.DischargeWh, 12);
    }

    [Fact]
    public void The_cycle_count_rises_with_qualifying_leading_steps_only()
    {
        var data = new Data();
        foreach (double milliampereHours in new[] { -0.5, 0.0005, 1, -0.0005, 0.1, -1, 1 })
        {
            data.Constant(milliampereHours);
        }

        CyclingBatch batch = data.Run();

        Assert.Equal([0, 0, 1, 1, 1, 1, 2], batch.Steps.Select(s => s.Cycle));
        Assert.Equal([0, 1, 2], batch.Cycles.Select(c => c.Cycle));
        Assert.Equal([false, true, false], batch.Cycles.Select(c => c.Complete));
        Assert.Equal(1.1e-3, batch.Cycles[1].Sums.ChargeAh, 12);
        Assert.Equal(1.0005e-3, batch.Cycles[1].Sums.DischargeAh, 12);
    }

    /// <summary>+1 mA, one interval at -0.1 mA between two records each at 240 and 300 s, then +1 mA again.</summary>
    private sealed class Turns
    {
        private static readonly double[] Milliamperes = [1, 1, -0.1, -0.1, 1, 1];
        private int _next;

        public double At(double time) => Milliamperes[_next++];
    }
}
