using CellLab.Core.Triggers;

namespace CellLab.Tests.Core.Triggers;

public sealed class TriggerMachineTests
{
    [Fact]
    public void A_pattern_goes_from_armed_over_exposing_and_readout_to_armed()
    {
        var run = new MachineRun();
        run.WholePattern("R-1", 900);

        Assert.Equal(TriggerState.Armed, run.Station.State);
        Assert.Equal(
            [
                new FirePulse("R-1", run.Station.LastPulse!.Value, Queued: false),
                new ExposureBegan("R-1", Acknowledged: true),
                new ExposureEnded("R-1", TimeSpan.FromSeconds(900), Short: false, Overrun: false),
            ],
            run.All);
    }

    [Theory]
    [InlineData(719, true)]
    [InlineData(721, false)]
    public void An_exposure_below_80_percent_is_short(double seconds, bool isShort)
    {
        var run = new MachineRun();
        run.WholePattern("R-1", seconds);

        Assert.Equal(isShort, Assert.Single(run.All.OfType<ExposureEnded>()).Short);
    }

    [Fact]
    public void An_exposure_beyond_one_and_a_half_times_and_a_minute_is_an_overrun_and_keeps_its_whole_length()
    {
        var run = new MachineRun();
        run.Want("R-1");
        run.Sent("R-1");
        run.Levels(false, true);
        run.After(1410).Levels(false, true);
        TriggerState before = run.Station.State;

        run.After(1).Levels(false, true);
        TriggerState after = run.Station.State;
        run.After(89).Levels(false, false);

        Assert.Equal((TriggerState.Exposing, TriggerState.Overrun, TriggerState.Readout), (before, after, run.Station.State));
        Assert.Equal(new ExposureEnded("R-1", TimeSpan.FromSeconds(1500), Short: false, Overrun: true), Assert.Single(run.All.OfType<ExposureEnded>()));
        Assert.Single(run.All.OfType<TriggerAlarm>());
    }

    [Fact]
    public void The_acknowledgement_is_awaited_on_wall_time_however_fast_lab_time_runs()
    {
        var run = new MachineRun();
        run.Want("R-1");
        run.Sent("R-1");
        run.LabSeconds += 10_000;
        run.WallSeconds += 4.9;
        run.Tick();
        TriggerState waiting = run.Station.State;

        run.WallSeconds += 0.1;
        IReadOnlyList<TriggerEffect> given = run.Tick();

        Assert.Equal(TriggerState.Triggered, waiting);
        Assert.Contains(new NotAcknowledged("R-1"), given);
        Assert.Equal((TriggerState.Armed, 1), (run.Station.State, run.Station.Missed));
    }

    [Fact]
    public void Two_in_a_row_without_an_exposure_disarm_and_raise_an_alarm()
    {
        var run = new MachineRun();
        foreach (string id in new[] { "R-1", "R-2" })
        {
            run.Want(id);
            run.Sent(id);
            run.After(6).Tick();
        }

        Assert.Equal(TriggerState.Disarmed, run.Station.State);
        Assert.Single(run.All.OfType<TriggerAlarm>());
        Assert.Equal(new TriggerDropped("R-3", DropReason.NotArmed), Assert.Single(run.Want("R-3")));
    }

    [Fact]
    public void A_pattern_between_them_forgives_a_missing_acknowledgement()
    {
        var run = new MachineRun();
        run.Want("R-1");
        run.Sent("R-1");
        run.After(6).Tick();
        run.WholePattern("R-2", 900);
        run.Want("R-3");
        run.Sent("R-3");
        run.After(6).Tick();

        Assert.Equal((TriggerState.Armed, 1), (run.Station.State, run.Station.NotAcknowledged));
    }

    [Fact]
    public void A_pulse_that_was_certainly_not_made_is_dropped_and_the_next_one_goes_out()
    {
        var run = new MachineRun();
        run.Want("R-1");

        Assert.Contains(new TriggerDropped("R-1", DropReason.Refused), run.Sent("R-1", sent: false));
        Assert.IsType<FirePulse>(Assert.Single(run.After(2).Want("R-2")));
        Assert.Equal(new TriggerDropped("R-1", DropReason.Repeated), Assert.Single(run.Want("R-1")));
    }

    [Fact]
    public void Without_a_busy_wire_the_state_follows_the_clock()
    {
        var run = new MachineRun(new TriggerSettings { Exposure = TimeSpan.FromSeconds(900), OpenLoop = true, TellsReady = false });
        run.Want("R-1");
        IReadOnlyList<TriggerEffect> begun = run.Sent("R-1");
        run.After(899).Tick();
        TriggerState exposing = run.Station.State;
        run.After(1).Tick();
        TriggerState readout = run.Station.State;
        run.After(10).Tick();

        Assert.Equal(new ExposureBegan("R-1", Acknowledged: false), Assert.Single(begun));
        Assert.Equal((TriggerState.Exposing, TriggerState.Readout, TriggerState.Armed), (exposing, readout, run.Station.State));
    }

    [Fact]
    public void A_lost_link_loses_the_pattern_and_needs_arming_again()
    {
        var run = new MachineRun();
        run.Want("R-1");
        run.Sent("R-1");
        run.Levels(false, true);

        IReadOnlyList<TriggerEffect> down = run.After(10).Link(up: false);
        DropReason whileDown = Assert.IsType<TriggerDropped>(Assert.Single(run.Want("R-2"))).Reason;
        run.Link(up: true);

        Assert.Contains(down, e => e is PatternLost { Id: "R-1" });
        Assert.Contains(down, e => e is TriggerAlarm);
        Assert.Equal((DropReason.LinkDown, TriggerState.Disarmed), (whileDown, run.Station.State));
    }

    [Fact]
    public void A_scan_that_somebody_else_started_keeps_the_trigger_back()
    {
        var run = new MachineRun();
        run.Levels(false, true);

        Assert.Equal(new TriggerDropped("R-1", DropReason.Busy), Assert.Single(run.Want("R-1")));
        run.After(100).Levels(true, false);
        Assert.IsType<FirePulse>(Assert.Single(run.Want("R-2")));
    }

    [Fact]
    public void A_contact_changes_when_two_polls_agree()
    {
        bool?[] polled = [false, true, false, true, true, false, false];
        var levels = new List<bool?>();
        LevelFilter filter = default;
        foreach (bool? poll in polled)
        {
            filter = filter.Next(poll);
            levels.Add(filter.Level);
        }

        Assert.Equal([false, false, false, false, true, true, false], levels);
    }
}
