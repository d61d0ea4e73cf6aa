using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Running;

namespace CellLab.Tests.HardwareSim.Neware;

public sealed class TestRunTests
{
    [Fact]
    public void A_charge_ends_at_its_voltage_and_counts_current_times_time()
    {
        LoneTest t = new LoneTest(StepFiles.Program(StepFiles.Charge(0.5, 4.2), StepFiles.End)).ToEnd();
        ExecutedStep step = Assert.Single(t.Test.Steps);
        Assert.Equal(RunState.Finish, t.Run.State);
        Assert.Equal(4.2, t.Test.Records[^1].Volts, 2e-4);
        Assert.Equal(0.5e-3 * step.Seconds / 3600, step.AmpereHours, 1e-12);
        Assert.InRange(step.WattHours / step.AmpereHours, 3.3, 4.2);
    }

    [Fact]
    public void First_and_last_record_of_every_step_are_there_and_regular_ones_keep_the_interval()
    {
        LoneTest t = new LoneTest(StepFiles.Program(StepFiles.Rest(95), StepFiles.ChargeFor(0.1, 70), StepFiles.End)).ToEnd();
        Assert.Equal([0u, 30000u, 60000u, 90000u, 95000u], t.RecordsOf(0).Select(r => r.StepMilliseconds));
        Assert.Equal([0u, 30000u, 60000u, 70000u], t.RecordsOf(1).Select(r => r.StepMilliseconds));
        Assert.Equal((1, 5), (t.Test.Steps[0].FirstSequence, t.Test.Steps[0].LastSequence));
        Assert.Equal((6, 9), (t.Test.Steps[1].FirstSequence, t.Test.Steps[1].LastSequence));
        Assert.Equal([0, 30, 60, 90, 95, 95, 125, 155, 165], t.Test.Records.Select(r => r.AtSecond));
    }

    [Fact]
    public void A_voltage_condition_brings_records_between_the_regular_ones()
    {
        BtsProgram program = StepFiles.Program(
            StepFiles.Charge(0.5, 4.5) + "<Record><Main><Time Value=\"10000\"/><Volt Value=\"50\"/></Main></Record>", StepFiles.End);
        LoneTest t = new LoneTest(program).ToEnd();
        IReadOnlyList<BtsRecord> records = t.RecordsOf(0);
        Assert.All(
            records.Skip(1).Zip(records.Skip(2)),
            pair => Assert.True(Math.Abs(pair.Second.Volts - pair.First.Volts) < 0.0125, $"{pair.First.Volts} to {pair.Second.Volts} V"));
        Assert.True(records.Count > t.Test.Steps[0].Seconds / 10 + 50, $"{records.Count} records in {t.Test.Steps[0].Seconds} s");
    }

    [Fact]
    public void Loops_count_passes_in_total_and_start_anew_when_they_are_entered_again()
    {
        LoneTest t = new LoneTest(StepFiles.Program(
            StepFiles.Rest(1), StepFiles.Rest(2), StepFiles.Loop(2, 3), StepFiles.Loop(1, 2), StepFiles.End)).ToEnd();
        Assert.Equal([1, 2, 2, 2, 1, 2, 2, 2], t.Test.Steps.Select(s => s.Step.Id));
        Assert.Equal([1, 1, 2, 3, 5, 5, 6, 7], t.Test.Steps.Select(s => s.Cycle));
    }

    [Fact]
    public void Constant_current_turns_into_constant_voltage_and_ends_at_the_small_current()
    {
        LoneTest t = new LoneTest(StepFiles.Program(
            StepFiles.Step(7, "<Curr Value=\"0.5\"/><Volt Value=\"42000\"/><Stop_Curr Value=\"0.05\"/>"), StepFiles.End)).ToEnd();
        BtsRecord last = t.Test.Records[^1];
        Assert.Single(t.Test.Steps);
        Assert.Equal(4.2, last.Volts, 1e-5);
        Assert.InRange(last.Amperes, 0.03e-3, 0.05e-3);
        Assert.Contains(t.Test.Records, r => Math.Abs(r.Amperes - 0.5e-3) < 1e-9);
        Assert.Contains(t.Test.Records, r => r.Amperes is > 0.1e-3 and < 0.4e-3 && Math.Abs(r.Volts - 4.2) < 1e-5);
    }

    [Fact]
    public void A_scan_moves_the_voltage_at_its_rate()
    {
        LoneTest t = new LoneTest(StepFiles.Program(
            "Step_Type=\"25\"><Slope SlopeType=\"1\" Cycle_Count=\"1\" ItemCount=\"1\"><Slope1 StartValue=\"31000\" EndValue=\"33000\" Value=\"1\"/></Slope>",
            StepFiles.End)).ToEnd();
        Assert.Equal(200, t.Test.Steps[0].Seconds, 1e-3);
        Assert.Equal(3.3, t.Test.Records[^1].Volts, 1e-3);
        BtsRecord middle = t.RecordsOf(0).Single(r => r.StepMilliseconds == 90000);
        Assert.Equal(3.19, middle.Volts, 1e-3);
    }

    [Fact]
    public void A_pause_waits_for_continue_and_is_not_in_the_time_of_the_test()
    {
        var t = new LoneTest(StepFiles.Program(StepFiles.Rest(10), StepFiles.Pause, StepFiles.Rest(10), StepFiles.End));
        t.Run.AdvanceTo(500);
        Assert.Equal(RunState.Pause, t.Run.State);
        t.Run.Continue(500);
        t.Run.AdvanceTo(600);
        Assert.Equal(RunState.Finish, t.Run.State);
        Assert.Equal(20, t.Test.RunSeconds, 1e-6);
        Assert.Equal([0, 10, 10, 500, 510], t.Test.Records.Select(r => r.AtSecond));
    }

    [Fact]
    public void A_capacity_ends_a_step()
    {
        LoneTest t = new LoneTest(StepFiles.Program(StepFiles.Step(1, "<Curr Value=\"0.2\"/><Cap Value=\"36\"/>"), StepFiles.End)).ToEnd();
        Assert.Equal(36 / 0.2, t.Test.Steps[0].Seconds, 2e-3);
        Assert.Equal(36 / 3.6e6, t.Test.Steps[0].AmpereHours, 1e-9);
    }

    [Fact]
    public void A_protection_acts_after_its_delay_and_not_before()
    {
        BtsProgram program = StepFiles.Program(
            StepFiles.ChargeFor(2.5, 36000) + "<Protect><Main><Volt><Upper Value=\"45000\"/></Volt><Delay_Time Value=\"5000\"/></Main></Protect>",
            StepFiles.End);
        LoneTest t = new LoneTest(program).ToEnd();
        Assert.Equal(RunState.Protect, t.Run.State);
        double passed = t.Test.Records.First(r => r.Volts > 4.5).StepMilliseconds * 1e-3;
        Assert.InRange(t.Test.Steps[0].Seconds, passed - 30, passed + 6);
        Assert.True(t.Test.Records[^1].Volts > 4.5);
        Assert.Equal([BtsLogCode.Started, BtsLogCode.Protected], t.Test.Log.Select(l => l.Code));
    }

    [Fact]
    public void Records_do_not_depend_on_when_anybody_asks()
    {
        BtsProgram program = StepFiles.Program(StepFiles.Charge(0.5, 4.3), StepFiles.Discharge(0.5, 2.5), StepFiles.Loop(1, 2), StepFiles.End);
        LoneTest whole = new LoneTest(program, exact: false).ToEnd();
        var pieces = new LoneTest(program, exact: false);
        for (double at = 0; !pieces.Run.State.IsOver(); at += 7.3)
        {
            pieces.Run.AdvanceTo(at);
            pieces.Run.LookVolts(at, pieces.Meter);
        }

        Assert.Equal(whole.Test.Records, pieces.Test.Records);
    }

    [Fact]
    public void A_stop_ends_the_step_at_its_very_moment()
    {
        var t = new LoneTest(StepFiles.Program(StepFiles.ChargeFor(0.1, 3600), StepFiles.End));
        t.Run.End(1234.5, RunState.Stop, BtsLogCode.Stopped);
        Assert.Equal(1234.5, t.Test.Steps[0].Seconds, 1e-6);
        Assert.Equal(1234500u, t.Test.Records[^1].StepMilliseconds);
        Assert.Equal(1234.5, t.Test.EndSeconds);
    }
}
