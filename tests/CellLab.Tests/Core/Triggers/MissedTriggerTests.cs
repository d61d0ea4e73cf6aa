using CellLab.Core.Triggers;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Triggers;

public sealed class MissedTriggerTests
{
    [Fact]
    public void Skip_drops_what_comes_during_an_exposure()
    {
        MachineRun run = Exposing();

        Assert.Equal(new TriggerDropped("R-2", DropReason.Busy), Assert.Single(run.Want("R-2")));
        Assert.Equal(1, run.Station.Missed);
    }

    [Fact]
    public void Queue_latest_keeps_the_newest_and_fires_it_when_armed()
    {
        MachineRun run = Exposing();
        run.After(850).Want("R-2", MissedPolicy.QueueLatest);
        DateTimeOffset requested = run.Station.Since.AddSeconds(860);
        IReadOnlyList<TriggerEffect> replaced = run.After(10).Want("R-3", MissedPolicy.QueueLatest);
        run.After(40).Levels(false, false);
        IReadOnlyList<TriggerEffect> fired = run.After(5).Levels(true, false);

        Assert.Equal(new TriggerDropped("R-2", DropReason.Replaced), Assert.Single(replaced));
        Assert.Equal(new FirePulse("R-3", requested, Queued: true), Assert.Single(fired));
    }

    [Fact]
    public void What_waits_for_more_than_a_minute_is_too_old()
    {
        MachineRun run = Exposing();
        run.Want("R-2", MissedPolicy.QueueAll);

        Assert.Equal(new TriggerDropped("R-2", DropReason.TooOld), Assert.Single(run.After(61).Tick()));
    }

    [Fact]
    public void Queue_all_keeps_ten_and_fires_them_in_order()
    {
        MachineRun run = Exposing();
        string[] dropped = [.. Enumerable.Range(2, 12).SelectMany(i => run.Want($"R-{i}", MissedPolicy.QueueAll)).OfType<TriggerDropped>().Select(d => d.Id)];
        run.After(20).Levels(false, false);
        IReadOnlyList<TriggerEffect> next = run.After(1).Levels(true, false);

        Assert.Equal(["R-12", "R-13"], dropped);
        Assert.Equal("R-2", Assert.IsType<FirePulse>(Assert.Single(next)).Id);
    }

    [Theory]
    [InlineData(900, 1.5 * 900 + 61)] // overrun
    [InlineData(86_400, 3601)] // nobody said how long it takes
    public void A_cell_is_not_held_for_an_exposure_that_does_not_end(double exposure, double released)
    {
        var run = new MachineRun(new TriggerSettings { Exposure = TimeSpan.FromSeconds(exposure) });
        Assert.Contains(new HoldCell(true), run.Want("R-1", MissedPolicy.Hold));
        run.Sent("R-1");
        run.Levels(false, true);

        Assert.DoesNotContain(new HoldCell(false), run.After(released - 5).Levels(false, true));
        Assert.Contains(new HoldCell(false), run.After(5).Levels(false, true));
    }

    [Fact]
    public void Hold_holds_the_cell_while_it_waits_and_exposes()
    {
        MachineRun run = Exposing();
        IReadOnlyList<TriggerEffect> held = run.Want("R-2", MissedPolicy.Hold);
        run.After(900).Levels(false, false);
        run.After(5).Levels(true, false);
        run.Sent("R-2");
        run.Levels(false, true);
        bool during = run.Station.Holding;

        IReadOnlyList<TriggerEffect> ended = run.After(900).Levels(false, false);

        Assert.Equal(new HoldCell(Hold: true), Assert.Single(held));
        Assert.True(during);
        Assert.Contains(new HoldCell(Hold: false), ended);
    }

    [Fact]
    public void Two_pulses_are_a_second_apart()
    {
        var run = new MachineRun();
        run.Want("R-1");
        run.Sent("R-1", sent: false);

        Assert.Equal(new TriggerDropped("R-2", DropReason.RateLimit), Assert.Single(run.After(0.5).Want("R-2")));
        Assert.IsType<FirePulse>(Assert.Single(run.After(0.5).Want("R-3")));
    }

    [Fact]
    public void Whatever_happens_no_id_is_fired_twice_and_no_second_pulse_goes_out_while_one_is_open()
    {
        Gen<(int Kind, int Value, double Seconds)[]> events =
            (from kind in Gen.Choose(0, 6) from value in Gen.Choose(0, 11) from tenths in Gen.Choose(0, 4000) select (kind, value, tenths / 10.0)).ArrayOf(60);
        Prop.ForAll(events.ToArbitrary(), steps =>
        {
            var run = new MachineRun();
            foreach ((int kind, int value, double seconds) in steps)
            {
                string? before = run.Station.Current;
                IReadOnlyList<TriggerEffect> effects = Play(run.After(seconds), kind, value);
                if (effects.OfType<FirePulse>().Any() && before is not null
                    && !effects.Any(e => e is ExposureEnded or NotAcknowledged or PatternLost or TriggerDropped { Reason: DropReason.Refused }))
                {
                    return false;
                }
            }

            string[] fired = [.. run.All.OfType<FirePulse>().Select(f => f.Id)];
            return fired.Length == fired.Distinct().Count();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static IReadOnlyList<TriggerEffect> Play(MachineRun run, int kind, int value) => kind switch
    {
        0 or 1 => run.Want($"R-{value}", (MissedPolicy)(value % 4)),
        2 => run.Sent(run.Station.Current ?? "R-0", sent: value % 4 != 0),
        3 => run.Levels(value % 2 == 0, value % 3 == 0),
        4 => run.Give((lab, wall) => new ArmingChanged(value % 5 != 0, lab, wall)),
        5 when value < 2 => run.Link(value == 1),
        _ => run.Tick(),
    };

    private static MachineRun Exposing()
    {
        var run = new MachineRun();
        run.Want("R-1");
        run.Sent("R-1");
        run.Levels(false, true);
        return run;
    }
}
