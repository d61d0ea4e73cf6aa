using CellLab.Core.Programs;
using CellLab.Core.Safety;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Programs;

public sealed class DryRunTests
{
    private const double Week = 7 * 86400;

    /// <summary>0.5 mAh over 2.8 V, 100 ohm.</summary>
    private static LinearCell Cell() => new(3.0, 2.8 / (TestPrograms.OneC * 3600), 100);

    [Fact]
    public void A_charge_ends_where_the_closed_form_says()
    {
        StepEnding ending = Assert.Single(Play(TestPrograms.Of(TestPrograms.Current(1, 1, 4.8))));
        double expectedSeconds = (4.8 - 3.0 - TestPrograms.OneC * 100) / 2.8 * 3600;
        Assert.Equal(EndCause.Voltage, ending.Cause);
        Assert.InRange(ending.CrossedAtSeconds, expectedSeconds - 1e-6, expectedSeconds + 1e-6);
        Assert.InRange(ending.VoltageVolts, 4.8, 4.8 + DryRun.OvershootVolts);
    }

    [Fact]
    public void Every_step_of_any_program_ends_within_the_window_and_its_limits() => Prop.ForAll(TestPrograms.Short.ToArbitrary(), program =>
    {
        List<StepEnding> endings = Play(program);
        return endings.Count == ProgramWalk.CountOf(program)
            && endings.All(e => e.Cause != EndCause.Limit && (e.VoltageVolts is > 2.0 - 1e-3 and < 4.8 + 1e-3 || EndsAtOnce(e)))
            && endings.Zip(endings.Skip(1)).All(pair => pair.First.AtSeconds < pair.Second.AtSeconds)
            && endings.Where(e => e is { Cause: EndCause.Voltage, Step: CurrentStep })
                .All(e => Late(e) < DryRun.OvershootVolts || EndsAtOnce(e));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void The_charge_of_the_steps_is_the_charge_of_the_cell() => Prop.ForAll(TestPrograms.Short.ToArbitrary(), program =>
    {
        var cell = new TrackedCell(Cell());
        double counted = new DryRun(program).Play(cell, Week, CancellationToken.None).Sum(e => e.AmpereHours) * 3600;
        // where the voltage or the power is held the current changes within a time step; everything else is exact
        double tolerance = program.Steps.Any(step => step is VoltageStep or PowerStep or ResistanceStep) ? 0.005 * cell.Throughput : 1e-9 * cell.Throughput + 1e-12;
        Assert.InRange(counted, cell.Coulombs - tolerance, cell.Coulombs + tolerance);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void A_limit_inside_the_way_ends_everything_at_open_circuit()
    {
        CellProgram program = TestPrograms.Of(
            TestPrograms.Wide with { MaxVolts = 4.0 }, TestPrograms.Current(1, 1, 4.8), TestPrograms.Current(2, -1, 2.0));
        StepEnding ending = Assert.Single(Play(program));
        Assert.Equal(EndCause.Limit, ending.Cause);
        Assert.InRange(ending.VoltageVolts, 4.0, 4.1);
    }

    [Fact]
    public void A_step_that_reaches_no_end_is_named()
    {
        CellProgram program = TestPrograms.Of(new SafetyLimits(null, null, null, null, null, 5), TestPrograms.Current(1, -1e-6, 2.0));
        var wrong = Assert.Throws<StepNeverEndsException>(() => Play(program));
        Assert.Equal("step 1 reaches none of its ends within 168 h; give it a time end", wrong.Message);
    }

    [Fact]
    public void A_capacity_end_a_scan_and_a_hold_end_by_their_own_cause()
    {
        CellProgram program = TestPrograms.Of(
            new CurrentStep(1, "b", TestPrograms.OneC, 1, null, 4.8, 0.1e-3),
            new ScanStep(2, "b", 3.6, 4.0, 1e-3),
            new VoltageStep(3, "b", 4.0, true, null, 0.02 * TestPrograms.OneC));
        List<StepEnding> endings = Play(program);
        Assert.Equal([EndCause.Capacity, EndCause.Time, EndCause.Current], endings.Select(e => e.Cause));
        Assert.Equal(720, endings[0].CrossedAtSeconds, 6);
        Assert.Equal(400, endings[1].DurationSeconds, 6);
    }

    [Fact]
    public void A_play_stops_at_its_bound_of_time_and_says_so()
    {
        var program = new CellProgram("long", [new RestStep(1, "main", Week)], new RecordRule(30, null, null), new(null, null, null, null, null, 5), 5e-4);
        var run = new DryRun(program) { MostSeconds = Week / 2 };

        Assert.Empty(run.Play(Cell(), Week, CancellationToken.None));

        Assert.StartsWith("stopped after 0 executed steps and 0.01 years of lab time", run.StopText, StringComparison.Ordinal);
    }

    private static List<StepEnding> Play(CellProgram program) => [.. new DryRun(program).Play(Cell(), Week, CancellationToken.None)];

    /// <summary>Its own current carries it over its end from the start.</summary>
    private static bool EndsAtOnce(StepEnding ending) => ending.DurationSeconds <= 0.0011;

    private static double Late(StepEnding ending) =>
        Math.Abs(ending.VoltageVolts - ((CurrentStep)ending.Step).UntilVoltageVolts!.Value);

    /// <summary>Follows the forks that a dry run keeps, and counts the charge that passed either way.</summary>
    private sealed class TrackedCell(LinearCell inner) : IVirtualCell
    {
        private readonly List<(TrackedCell Cell, int Order)> _family = [];
        private TrackedCell? _root;
        private int _order;

        public double Coulombs => Newest()._kept;

        public double Throughput => Newest()._moved;

        private double _kept;
        private double _moved;

        public (double Volts, double Amperes) Advance(SetPoint setPoint, double seconds)
        {
            double before = inner.Coulombs;
            (double Volts, double Amperes) reading = inner.Advance(setPoint, seconds);
            _kept = inner.Coulombs;
            _moved += Math.Abs(inner.Coulombs - before);
            return reading;
        }

        public IVirtualCell Fork()
        {
            TrackedCell root = _root ?? this;
            var fork = new TrackedCell((LinearCell)inner.Fork()) { _root = root, _order = ++root._order, _kept = _kept, _moved = _moved };
            root._family.Add((fork, fork._order));
            return fork;
        }

        /// <summary>The last fork is the one that the run kept: a rejected one is always followed by another.</summary>
        private TrackedCell Newest() => _family.Count == 0 ? this : _family[^1].Cell;
    }
}
