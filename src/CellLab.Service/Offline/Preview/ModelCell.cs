using CellLab.CellModel;
using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>The physical cell model as a cell for rehearsals, without noise and at rest from its fresh state. Notes the highest and lowest voltage
/// it has passed through.</summary>
internal sealed class ModelCell : IVirtualCell
{
    private const double Milli = 1e-3;
    private const int Rounds = 4;

    private readonly CellStepper _stepper;
    private readonly double _largestMilliamperes;
    private CellState _state;
    private double _guessMilliamperes;

    /// <param name="activeMassMilligrams">Replaces the mass of the material's reference cell.</param>
    /// <param name="largestAmperes">What the tester can give at constant voltage.</param>
    public ModelCell(CellParameters material, double activeMassMilligrams, double largestAmperes)
    {
        CellParameters cell = material with { ActiveMassMilligrams = activeMassMilligrams };
        _stepper = new CellStepper(cell);
        _state = CellState.Fresh(cell);
        _largestMilliamperes = largestAmperes / Milli;
    }

    private ModelCell(ModelCell other)
    {
        _stepper = other._stepper;
        _state = other._state;
        _largestMilliamperes = other._largestMilliamperes;
        _guessMilliamperes = other._guessMilliamperes;
    }

    public (double Volts, double Amperes) Advance(SetPoint setPoint, double seconds)
    {
        _guessMilliamperes = setPoint switch
        {
            CurrentSetPoint current => Step(seconds, current.Amperes / Milli),
            VoltageSetPoint hold => Hold(seconds, hold),
            PowerSetPoint power => Settle(seconds, volts => power.Watts / volts),
            ResistanceSetPoint load => Settle(seconds, volts => -volts / load.Ohms),
            _ => Step(seconds, 0),
        };
        return (_state.Volts, _guessMilliamperes * Milli);
    }

    /// <summary>The stepper is shared: the state alone decides the result.</summary>
    public IVirtualCell Fork() => new ModelCell(this);

    /// <summary>A current that depends on the voltage which it causes: a few rounds on copies of the state find it, the last one counts.</summary>
    private double Settle(double seconds, Func<double, double> amperesAt)
    {
        double milliamperes = amperesAt(_state.Volts) / Milli;
        for (int round = 1; round < Rounds; round++)
        {
            CellState tried = _state;
            _stepper.Step(ref tried, seconds, milliamperes);
            milliamperes = amperesAt(tried.Volts) / Milli;
        }

        return Step(seconds, milliamperes);
    }

    private double Step(double seconds, double milliamperes)
    {
        _stepper.Step(ref _state, seconds, milliamperes);
        return milliamperes;
    }

    private double Hold(double seconds, VoltageSetPoint hold)
    {
        double largest = (hold.MaxAmperes ?? _largestMilliamperes * Milli) / Milli;
        return _stepper.StepAtVoltage(ref _state, seconds, hold.Volts, -largest, largest, _guessMilliamperes);
    }
}
