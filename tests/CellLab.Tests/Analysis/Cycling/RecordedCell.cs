using CellLab.Analysis.Cycling;
using CellLab.CellModel;
using CellLab.Core.Records;

namespace CellLab.Tests.Analysis.Cycling;

/// <summary>A cell of the model at constant current, recorded as the default rule says (5 mV or 30 s), beside its own sums over every step of the model.</summary>
internal sealed class RecordedCell(string material, double stepSeconds = 1)
{
    public const double RuleSeconds = 30;

    private const double RuleVolts = 0.005;

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
            taken = _stepper.StepToVoltage(ref _state, stepSeconds, milliamperes, limit, rising: rate > 0);
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
