using CellLab.Analysis.Cycling;
using CellLab.CellModel;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Units;

namespace CellLab.Tests.Analysis.Cycling;

/// <summary>The cell model, recorded as the default rule says (5 mV or 30 s), against its own sums over every step of the model.</summary>
public sealed class Cell_under_the_record_rule
{
    private const double RuleVolts = 0.005;
    private const double RuleSeconds = 30;

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(5.0)]
    public void The_integral_over_the_records_is_the_cells_own_charge_and_mean_voltage(double rate)
    {
        var recorder = new Recorder("lmno");
        recorder.Half(rate, 4.8);
        recorder.Half(-rate, 2.0);
        var cell = new CRateBase(250, recorder.ActiveMassMilligrams);

        CyclingBatch batch = CyclingBatch.Run(
            recorder.Records, new CyclingSettings(cell.OneCAmperes, LeadingDirection.Charge, RuleSeconds), DataEnd.AsProgrammed);

        CycleView cycle = Assert.Single(batch.Cycles).ToView(new CellFigures(cell, LeadingDirection.Charge));
        Assert.Empty(batch.Findings);
        Assert.Equal(1, cycle.ChargeAh / recorder.Exact.ChargeAh, 1e-9);
        Assert.Equal(1, cycle.DischargeAh / recorder.Exact.DischargeAh, 1e-9);
        Assert.Equal(recorder.Exact.ChargeWh / recorder.Exact.ChargeAh, cycle.MeanChargeVoltageV!.Value, 0.001);
        Assert.Equal(recorder.Exact.DischargeWh / recorder.Exact.DischargeAh, cycle.MeanDischargeVoltageV!.Value, 0.001);
        Assert.Equal(rate, cycle.RateC!.Value, 1e-9);
        Assert.Equal(100 * cycle.DischargeMahG!.Value / cycle.ChargeMahG!.Value, cycle.CoulombicEfficiencyPercent!.Value, 1e-9);
    }

    private sealed class Recorder(string material)
    {
        private readonly CellStepper _stepper = new(Materials.Get(material));
        private readonly List<CyclingRecord> _records = [];
        private CellState _state = CellState.Fresh(Materials.Get(material));
        private int _step;

        public double ActiveMassMilligrams => _stepper.Parameters.ActiveMassMilligrams;

        public IReadOnlyList<CyclingRecord> Records => _records;

        public HalfSums Exact { get; private set; }

        public void Half(double rate, double limit)
        {
            _step++;
            double milliamperes = 0.25 * rate * ActiveMassMilligrams;
            double time = 0;
            double recordedAt = 0;
            double recordedVolts = _state.Volts;
            LimitedStep taken;
            do
            {
                double before = _state.Volts;
                taken = _stepper.StepToVoltage(ref _state, 1, milliamperes, limit, rising: rate > 0);
                if (time == 0)
                {
                    Record(0, milliamperes); // with the current on, as an instrument stores it
                    before = _state.Volts;
                }

                double charge = milliamperes * 1e-3 * taken.Seconds / 3600;
                Exact = Exact.Plus(charge, charge * (before + _state.Volts) / 2);
                time += taken.Seconds;
                if (taken.Reached || time - recordedAt >= RuleSeconds || Math.Abs(_state.Volts - recordedVolts) >= RuleVolts)
                {
                    Record(time, milliamperes);
                    recordedAt = time;
                    recordedVolts = _state.Volts;
                }
            }
            while (!taken.Reached);
        }

        private void Record(double time, double milliamperes) => _records.Add(new CyclingRecord(
            _records.Count + 1, 1, _records.Count + 1, _step,
            milliamperes > 0 ? StepKind.ConstantCurrentCharge : StepKind.ConstantCurrentDischarge, time, 0, _state.Volts, milliamperes * 1e-3));
    }
}
