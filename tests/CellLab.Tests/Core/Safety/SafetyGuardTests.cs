using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;

namespace CellLab.Tests.Core.Safety;

public sealed class SafetyGuardTests
{
    private static readonly CellProgram Program = new(
        "p",
        [new CurrentStep(1, "main", 5e-5, null, null, 4.8)],
        new RecordRule(30, null, null),
        new SafetyLimits(4.9, 1.8, 1e-3, -1e-3, 1e-3, 5),
        5e-4);

    [Fact]
    public void One_record_outside_is_not_a_breach_two_are()
    {
        var guard = new SafetyGuard(Program);

        Assert.Null(guard.Watch(Record(100, 4.85)));
        Assert.Null(guard.Watch(Record(101, 4.91)));
        GuardFinding? finding = guard.Watch(Record(102, 4.92));

        Assert.Equal(GuardKind.LimitPassed, finding!.Kind);
        Assert.Contains("4.9200 V is above the limit of 4.900 V", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_inside_ends_the_count()
    {
        var guard = new SafetyGuard(Program);
        foreach (double volts in new[] { 4.95, 4.80, 4.95, 4.80 })
        {
            Assert.Null(guard.Watch(Record(200, volts)));
        }
    }

    [Theory]
    [InlineData(1.7, 5e-5, 0)]
    [InlineData(3.0, 2e-3, 0)]
    [InlineData(3.0, -2e-3, 0)]
    [InlineData(3.0, 5e-5, 2e-3)]
    public void Every_limit_is_watched(double volts, double amperes, double ampereHours)
    {
        var guard = new SafetyGuard(Program);

        guard.Watch(Record(100, volts, amperes, ampereHours));

        Assert.Equal(GuardKind.LimitPassed, guard.Watch(Record(101, volts, amperes, ampereHours))!.Kind);
    }

    [Fact]
    public void The_state_survives_a_restart_in_the_middle_of_a_breach()
    {
        var guard = new SafetyGuard(Program);
        guard.Watch(Record(100, 4.95));

        var restarted = new SafetyGuard(Program, guard.State);

        Assert.True(restarted.LimitNear);
        Assert.NotNull(restarted.Watch(Record(101, 4.95)));
    }

    [Fact]
    public void A_jump_or_a_wrong_current_in_the_first_minute_is_a_bad_contact()
    {
        var guard = new SafetyGuard(Program);
        guard.Watch(Record(1, 3.1));

        Assert.Equal(GuardKind.BadContact, guard.Watch(Record(2, 3.7))!.Kind);
        Assert.Equal(GuardKind.BadContact, guard.Watch(Record(3, 3.7, 4e-5))!.Kind);
        Assert.Null(guard.Watch(Record(70, 4.3, 4e-5)));
    }

    [Fact]
    public void Later_three_records_with_another_current_in_succession_are_told_also_over_a_restart()
    {
        var guard = new SafetyGuard(Program);
        Assert.Null(guard.Watch(Record(1000, 4.0, 1e-7)));
        Assert.Null(guard.Watch(Record(1001, 4.0)));
        Assert.Null(guard.Watch(Record(1002, 4.0, 1e-7)));
        Assert.Null(guard.Watch(Record(1003, 4.0, 1e-7)));

        GuardFinding? finding = new SafetyGuard(Program, guard.State).Watch(Record(1004, 4.0, 1e-7));

        Assert.Equal(GuardKind.BadContact, finding!.Kind);
        Assert.Contains("0.00010 mA where 0.05000 mA is programmed", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_current_within_ten_steps_of_the_instrument_is_no_bad_contact()
    {
        const double resolution = 6e-7; // a supply far too large for this cell: its noise alone is more than 5 % of the current
        var guard = new SafetyGuard(Program);

        Assert.All([5.5e-5, 4.5e-5, 5.59e-5, 4.41e-5], amperes => Assert.Null(guard.Watch(Record(5, 3.1, amperes), resolution)));
        Assert.Equal(GuardKind.BadContact, guard.Watch(Record(6, 3.1, 5.7e-5), resolution)!.Kind);
        Assert.Equal(GuardKind.BadContact, guard.Watch(Record(7, 3.1, 0), resolution)!.Kind);
    }

    private static InstrumentRecord Record(double seconds, double volts, double amperes = 5e-5, double ampereHours = 0) => new(
        1, 1, 1, StepKind.ConstantCurrentCharge, seconds, seconds, false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, volts, amperes, ampereHours, 0, 1);
}
