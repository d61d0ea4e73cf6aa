using CellLab.CellModel;
using CellLab.Core.Programs;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

/// <summary>Random programs on the physical cell model, both materials.</summary>
public sealed class PhysicalCellTests
{
    private const double Month = 30 * 86400;

    [Fact]
    public void Every_step_ends_within_the_limits_and_no_charge_is_lost() => Prop.ForAll(
        TestPrograms.Short.ToArbitrary(), Gen.Elements(Materials.Names.ToArray()).ToArbitrary(), (program, material) =>
        {
            var last = new ModelledCell(Materials.Get(material));
            var lowest = double.MaxValue;
            var highest = double.MinValue;
            int outside = 0;
            var run = new DryRun(program)
            {
                Measured = now =>
                {
                    (lowest, highest) = (Math.Min(lowest, now.VoltageVolts), Math.Max(highest, now.VoltageVolts));
                    bool beyond = now.VoltageVolts > program.Limits.MaxVolts || now.VoltageVolts < program.Limits.MinVolts;
                    outside = beyond ? outside + 1 : 0;
                },
            };
            List<StepEnding> endings = [.. run.Play(last, Month, CancellationToken.None)];
            Assert.True(run.StopText is not null || endings.Count == ProgramWalk.CountOf(program), $"{endings.Count} steps of {ProgramWalk.CountOf(program)}");
            Assert.True(run.StopText is null || outside == 2, $"stopped after {outside} measurements outside: {run.StopText}");
            Assert.True(run.StopText is not null || outside < 2, $"{lowest:F4} to {highest:F4} V is outside the limits");
            double counted = endings.Sum(ending => ending.AmpereHours);
            // constant currents are exact; where voltage or power is held, the model has one current for a time step and the trapezoid two: most for
            // the rush at the beginning of a hold that a voltage jump leads to
            double share = program.Steps.Any(step => step is VoltageStep) ? 0.1 : program.Steps.Any(step => step is PowerStep or ResistanceStep) ? 0.01 : 1e-6;
            double tolerance = 1e-9 + share * last.Moved;
            Assert.InRange(counted, last.Kept - tolerance, last.Kept + tolerance);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    /// <summary>A cell that counts the charge that the run kept: forks share the books of the one that they come from.</summary>
    private sealed class ModelledCell : IVirtualCell
    {
        private readonly CellStepper _stepper;
        private readonly ModelledCell _first;
        private CellState _state;
        private double _guess;
        private double _kept;
        private double _moved;
        private ModelledCell? _newest;

        public ModelledCell(CellParameters material) => (_stepper, _state, _first) = (new CellStepper(material), CellState.Fresh(material), this);

        private ModelledCell(ModelledCell other)
        {
            (_stepper, _first, _state, _guess, _kept, _moved) = (other._stepper, other._first, other._state, other._guess, other._kept, other._moved);
            _first._newest = this;
        }

        /// <summary>Ah; a fork that was tried and given up is always followed by another.</summary>
        public double Kept => (_newest ?? this)._kept;

        public double Moved => (_newest ?? this)._moved;

        public (double Volts, double Amperes) Advance(SetPoint setPoint, double seconds)
        {
            _guess = setPoint switch
            {
                CurrentSetPoint current => Step(seconds, current.Amperes * 1e3),
                VoltageSetPoint hold => _stepper.StepAtVoltage(ref _state, seconds, hold.Volts, -(hold.MaxAmperes ?? 5e-3) * 1e3, (hold.MaxAmperes ?? 5e-3) * 1e3, _guess),
                PowerSetPoint power => Step(seconds, power.Watts / _state.Volts * 1e3),
                ResistanceSetPoint load => Step(seconds, -_state.Volts / load.Ohms * 1e3),
                _ => Step(seconds, 0),
            };
            _kept += _guess * seconds / 3.6e6;
            _moved += Math.Abs(_guess) * seconds / 3.6e6;
            return (_state.Volts, _guess * 1e-3);
        }

        public IVirtualCell Fork() => new ModelledCell(this);

        private double Step(double seconds, double milliamperes)
        {
            _stepper.Step(ref _state, seconds, milliamperes);
            return milliamperes;
        }
    }
}
