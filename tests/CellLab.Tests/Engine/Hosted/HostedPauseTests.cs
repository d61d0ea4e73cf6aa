using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Engine.Hosted;
using CellLab.Tests.Core.Programs;

namespace CellLab.Tests.Engine.Hosted;

public sealed class HostedPauseTests
{
    private static readonly CellProgram OneHour = TestPrograms.Of(
        new CurrentStep(1, "b", 0.5 * TestPrograms.OneC, 0.5, 1800, 4.8), new RestStep(2, "b", 60), new CurrentStep(3, "b", -0.5 * TestPrograms.OneC, -0.5, 600, 2.0));

    [Fact]
    public async Task A_pause_in_mid_step_costs_neither_time_nor_charge()
    {
        HostedBench bench = await StartedAsync();
        await bench.RunAsync(() => bench.Rows.Count > 20);
        Assert.True(await bench.Runner.PauseAsync(bench.Meter.Channel, default));
        Assert.False(bench.Meter.IsOn);
        double moved = bench.Meter.AmpereHours;
        await TurnsAsync(bench, 40);
        Assert.Equal(ChannelState.Paused, bench.Status.State);
        Assert.Equal(moved, bench.Meter.AmpereHours, 12);

        await bench.Runner.ContinueAsync(bench.Meter.Channel, default);
        await bench.RunAsync();

        Assert.Equal(FollowOutcome.Complete, bench.Outcome);
        InstrumentRecord end = bench.Rows.Last(row => row.StepCount == 1);
        Assert.InRange(end.StepTimeSeconds, 1799.9, 1801.5);
        Assert.Equal(0.125e-3, end.StepCapacityAmpereHours!.Value, 1e-6);
        Assert.Equal(0.125e-3 - (0.5 * TestPrograms.OneC / 6), bench.Meter.AmpereHours, 1.5e-6);
        Assert.True(end.SegmentTimeSeconds > 1839); // the pause lies in the test's time, not in the step's
    }

    [Fact]
    public async Task After_a_kill_the_output_is_off_before_anything_else_and_the_test_goes_on_from_its_last_row()
    {
        HostedBench bench = await StartedAsync();
        await bench.RunAsync(() => bench.Rows.Count > 20);
        InstrumentRecord last = bench.Rows[^1];
        var calls = new List<string>();
        bench.Meter.Before = (call, _) =>
        {
            calls.Add(call);
            return Task.CompletedTask;
        };

        await bench.KillAndRestartAsync(secondsBetween: 300);

        Assert.Equal(["connect", "open", "measure"], calls);
        Assert.False(bench.Meter.IsOn);
        await bench.TurnAsync();
        Assert.Equal((FollowOutcome.Following, ChannelState.Paused), (bench.Outcome, bench.Status.State));
        Assert.NotNull(bench.Runner.HeldBecause(bench.Meter.Channel));

        bench.Meter.Before = null;
        await bench.Runner.ContinueAsync(bench.Meter.Channel, default);
        await bench.RunAsync();
        Assert.Equal(FollowOutcome.Complete, bench.Outcome);
        InstrumentRecord next = bench.Rows[bench.Rows.IndexOf(last) + 1];
        Assert.Equal(last.RecordNumber + 1, next.RecordNumber);
        Assert.InRange(next.StepTimeSeconds - last.StepTimeSeconds, 0, 31);
        Assert.Equal(0.125e-3, bench.Rows.Last(row => row.StepCount == 1).StepCapacityAmpereHours!.Value, 1e-6);
    }

    [Fact]
    public async Task A_kill_before_the_first_stored_row_begins_again_from_the_beginning_when_a_person_says_so()
    {
        HostedBench bench = await StartedAsync();

        await bench.KillAndRestartAsync(secondsBetween: 1);
        await bench.TurnAsync();

        Assert.Equal((FollowOutcome.Following, ChannelState.Paused), (bench.Outcome, bench.Status.State));
        await bench.Runner.ContinueAsync(bench.Meter.Channel, default);
        await bench.RunAsync();
        Assert.Equal(FollowOutcome.Complete, bench.Outcome);
    }

    [Fact]
    public async Task Rows_that_could_not_be_stored_are_given_again_and_too_many_of_them_open_the_circuit()
    {
        HostedBench bench = await HostedBench.StartAsync(
            Cell(), TestPrograms.Of(TestPrograms.Current(1, 0.1, 4.8)) with { Record = new RecordRule(1, null, null) });
        await bench.RunAsync(() => bench.Rows.Count > 5);
        FollowedReading lost = await LookAsync(bench);
        FollowedReading again = await LookAsync(bench);
        Assert.Equal(bench.Rows[^1].RecordNumber + 1, again.Records[0].RecordNumber);
        Assert.True(again.Records.Count > lost.Records.Count);

        bool held = false;
        for (int turn = 0; turn < 600 && !held; turn++)
        {
            await LookAsync(bench);
            held = !bench.Meter.IsOn;
        }

        Assert.True(held);
        Assert.Contains("could not be stored", bench.Status.StateText, StringComparison.Ordinal);
        await bench.TurnAsync();
        Assert.Equal(Enumerable.Range(1, bench.Rows.Count).Select(number => (long)number), bench.Rows.Select(row => row.RecordNumber));
    }

    [Fact]
    public async Task The_devices_own_limits_are_written_before_current_flows_also_after_a_pause()
    {
        var bench = new HostedBench(Cell());
        var calls = new List<string>();
        bench.Meter.Before = (call, _) =>
        {
            calls.Add(call);
            return Task.CompletedTask;
        };
        await bench.Runner.ConnectAsync(default);
        await bench.BeginAsync(OneHour);
        Assert.True(calls.IndexOf("limit") >= 0 && calls.IndexOf("limit") < calls.IndexOf("apply"));
        Assert.Equal(new SourceLimits(4.9, 1.8, 0.01, 0.01), bench.Meter.Limits);

        await bench.TurnAsync();
        await bench.Runner.PauseAsync(bench.Meter.Channel, default);
        calls.Clear();
        await bench.Runner.ContinueAsync(bench.Meter.Channel, default);
        Assert.True(calls.IndexOf("limit") >= 0 && calls.IndexOf("limit") < calls.IndexOf("apply"));
    }

    [Fact]
    public async Task A_program_that_the_output_cannot_do_is_refused_by_step()
    {
        var bench = new HostedBench(Cell());
        await bench.Runner.ConnectAsync(default);
        CellProgram program = TestPrograms.Of(
            TestPrograms.Current(1, 30, 4.8), TestPrograms.Current(2, 1, 5.5), new ResistanceStep(3, "b", 100, 60, 2.0), TestPrograms.Current(4, 1e-5, 4.8));

        IReadOnlyList<string> problems = bench.Runner.Check(bench.Meter.Channel, program);

        Assert.Equal(4, problems.Count);
        Assert.Equal(["step 1", "step 2", "step 3", "step 4"], problems.Select(problem => problem.Split(':')[0]));
        Assert.Empty(bench.Runner.Check(bench.Meter.Channel, OneHour));
    }

    [Fact]
    public async Task An_output_that_was_switched_on_by_hand_is_switched_off()
    {
        HostedBench bench = await StartedAsync();
        await bench.TurnAsync();
        await bench.Runner.StopAsync(bench.Meter.Channel, default);
        bench.Meter.Switch(new CurrentSetPoint(1e-4));
        bench.Wall.Advance(TimeSpan.FromSeconds(6));

        await bench.TurnAsync();

        Assert.False(bench.Meter.IsOn);
    }

    [Fact]
    public async Task Disposing_opens_what_is_stepped()
    {
        HostedBench bench = await StartedAsync();
        await bench.TurnAsync();
        Assert.True(bench.Meter.IsOn);

        await bench.Runner.DisposeAsync();

        Assert.False(bench.Meter.IsOn);
    }

    [Fact]
    public void A_device_without_outputs_stays_as_it_is()
    {
        var cycler = new CellLab.TestKit.Devices.ScriptedCycler("cycler1", "a");
        Assert.Same(cycler, HostedProgramRunner.Over(
            cycler, new HostedTimings(), CellLab.Core.Time.Clocks.RealTime, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));
    }

    private static LinearCell Cell() => new(3.0, 2.8 / (TestPrograms.OneC * 3600), 100);

    private static Task<HostedBench> StartedAsync() => HostedBench.StartAsync(Cell(), OneHour);

    private static Task<FollowedReading> LookAsync(HostedBench bench)
    {
        bench.Wall.Advance(TimeSpan.FromSeconds(1));
        return bench.TurnAsync(stored: false);
    }

    private static async Task TurnsAsync(HostedBench bench, int turns)
    {
        for (int turn = 0; turn < turns; turn++)
        {
            bench.Wall.Advance(TimeSpan.FromSeconds(1));
            await bench.TurnAsync();
        }
    }
}
