using CellLab.CellModel;

namespace CellLab.Tests.CellModel;

[Trait("Suite", "Broad")]
public sealed class SolverTests
{
    private readonly CellStepper _stepper = new(Materials.Get("LMNO"));

    [Fact]
    public void A_step_ends_within_a_millivolt_of_the_limit_it_would_pass()
    {
        CellState state = CellState.Fresh(_stepper.Parameters);
        LimitedStep step;
        do
        {
            step = _stepper.StepToVoltage(ref state, 10, 0.5, 4.8, rising: true);
        }
        while (!step.Reached);

        Assert.InRange(step.Seconds, Solvers.ShortestSeconds, 10);
        Assert.Equal(4.8, state.Volts, 1e-3);
    }

    [Fact]
    public void A_step_that_does_not_pass_the_limit_is_left_whole()
    {
        CellState limited = CellState.Fresh(_stepper.Parameters);
        CellState free = limited;
        Assert.Equal(new LimitedStep(10, false), _stepper.StepToVoltage(ref limited, 10, 0.05, 4.8, rising: true));
        Assert.Equal(_stepper.Step(ref free, 10, 0.05), limited.Volts);
    }

    [Fact]
    public void Constant_voltage_is_held_to_two_microvolts_while_the_current_falls()
    {
        CellState state = CellState.Fresh(_stepper.Parameters);
        while (!_stepper.StepToVoltage(ref state, 10, 0.5, 4.4, rising: true).Reached)
        {
        }

        double last = 0.5;
        for (int i = 0; i < 100; i++)
        {
            double current = _stepper.StepAtVoltage(ref state, 10, 4.4, -5, 5, last);
            Assert.Equal(4.4, state.Volts, 2e-6);
            Assert.True(current < last || i == 0, $"step {i}: {current} mA after {last} mA");
            last = current;
        }

        Assert.InRange(last, 0.001, 0.3);
    }

    [Fact]
    public void A_range_limit_wins_over_the_voltage()
    {
        CellState state = CellState.Fresh(_stepper.Parameters);
        Assert.Equal(0.1, _stepper.StepAtVoltage(ref state, 10, 4.8, -0.1, 0.1, 0));
        Assert.True(state.Volts < 4.8);
    }

    [Fact]
    public void Random_currents_and_step_lengths_never_blow_up()
    {
        const ulong seed = 20260101;
        var random = new SplitMix64(seed);
        CellState state = CellState.Fresh(_stepper.Parameters);
        for (int i = 0; i < 200_000; i++)
        {
            double seconds = 1e-3 * Math.Pow(6e4, random.NextUniform());
            double current = state.MeanDelithiation switch { > 1 => -2.5, < 0 => 2.5, _ => 5 * (random.NextUniform() - 0.5) };
            Assert.True(double.IsFinite(_stepper.Step(ref state, seconds, current)), $"seed {seed}, step {i}");
        }
    }
}
