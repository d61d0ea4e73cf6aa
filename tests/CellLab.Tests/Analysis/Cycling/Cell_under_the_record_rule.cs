using CellLab.Analysis.Cycling;
using CellLab.Core.Samples;
using CellLab.Core.Units;

namespace CellLab.Tests.Analysis.Cycling;

/// <summary>The cell model, recorded as the default rule says (5 mV or 30 s), against its own sums over every step of the model.</summary>
public sealed class Cell_under_the_record_rule
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(5.0)]
    public void The_integral_over_the_records_is_the_cells_own_charge_and_mean_voltage(double rate)
    {
        var recorder = new RecordedCell("lmno");
        recorder.Half(rate, 4.8);
        recorder.Half(-rate, 2.0);
        var cell = new CRateBase(250, recorder.ActiveMassMilligrams);

        CyclingBatch batch = CyclingBatch.Run(
            recorder.Records, new CyclingSettings(cell.OneCAmperes, LeadingDirection.Charge, RecordedCell.RuleSeconds), DataEnd.AsProgrammed);

        CycleView cycle = Assert.Single(batch.Cycles).ToView(new CellFigures(cell, LeadingDirection.Charge));
        Assert.Empty(batch.Findings);
        Assert.Equal(1, cycle.ChargeAh / recorder.Exact.ChargeAh, 1e-9);
        Assert.Equal(1, cycle.DischargeAh / recorder.Exact.DischargeAh, 1e-9);
        Assert.Equal(recorder.Exact.ChargeWh / recorder.Exact.ChargeAh, cycle.MeanChargeVoltageV!.Value, 0.001);
        Assert.Equal(recorder.Exact.DischargeWh / recorder.Exact.DischargeAh, cycle.MeanDischargeVoltageV!.Value, 0.001);
        Assert.Equal(rate, cycle.RateC!.Value, 1e-9);
        Assert.Equal(100 * cycle.DischargeMahG!.Value / cycle.ChargeMahG!.Value, cycle.CoulombicEfficiencyPercent!.Value, 1e-9);
    }
}
