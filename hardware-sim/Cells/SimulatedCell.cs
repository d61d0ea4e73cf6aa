using CellLab.CellModel;

namespace CellLab.HardwareSim.Cells;

/// <summary>One cell place's content: the model's state, advanced in lab time, for <c>parallel</c> equal cells side by side. Not safe for
/// concurrent use; its channel's lock covers it.</summary>
internal sealed class SimulatedCell(CellParameters parameters, int parallel)
{
    private readonly CellStepper _stepper = new(parameters);

    /// <summary>Looks keep their own coefficients: what is stored must not depend on who has looked.</summary>
    private readonly CellStepper _looker = new(parameters);

    private CellState _state = CellState.Fresh(parameters);

    public CellParameters Parameters => _stepper.Parameters;

    public int Parallel => parallel;

    public double Volts => _state.Volts;

    /// <summary>The current of 1C, mA, by the material's own base.</summary>
    public double OneCMilliamperes => Parameters.OneCMilliamperesPerGram * Parameters.ActiveMassMilligrams * 1e-3 * parallel;

    public CellState State => _state;

    public LimitedStep StepToVoltage(double seconds, double milliamperes, double limitVolts, bool rising) =>
        _stepper.StepToVoltage(ref _state, seconds, milliamperes / parallel, limitVolts, rising);

    public void Step(double seconds, double milliamperes) => _stepper.Step(ref _state, seconds, milliamperes / parallel);

    public double StepAtVoltage(double seconds, double volts, double lowest, double highest, double guess) =>
        parallel * _stepper.StepAtVoltage(ref _state, seconds, volts, lowest / parallel, highest / parallel, guess / parallel);

    /// <summary>The voltage after so long at this current, without anything happening to the cell; for the cell's own tester.</summary>
    public double Peek(double seconds, double milliamperes) => Trial(_stepper, seconds, milliamperes);

    /// <summary>The same for those who only look.</summary>
    public double Look(double seconds, double milliamperes) => Trial(_looker, seconds, milliamperes);

    private double Trial(CellStepper stepper, double seconds, double milliamperes)
    {
        CellState copy = _state;
        return stepper.Step(ref copy, seconds, milliamperes / parallel);
    }

    /// <summary>Open circuit for any time; long rests are taken in strides, since every state is exact for any step at zero current.</summary>
    public void Rest(double seconds)
    {
        while (seconds > 0)
        {
            double stride = Math.Min(seconds, 60);
            if (seconds > 6000)
            {
                stride = seconds / 100;
            }

            _stepper.Step(ref _state, stride, 0);
            seconds -= stride;
        }
    }
}
