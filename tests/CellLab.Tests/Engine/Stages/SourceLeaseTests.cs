using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Engine.Desk;
using CellLab.Engine.Setup;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Stages;

/// <summary>One source at a time on a cell.</summary>
public sealed class SourceLeaseTests
{
    [Fact]
    public async Task The_cycler_is_not_switched_on_while_the_potentiostat_reads_back_as_on()
    {
        await using var bench = await StageBench.StartAsync();
        bench.Analyzer.Busy = true;
        Job job = await bench.SubmitAsync(program => program);

        await bench.Engine.ReachesAsync(job.Id, JobState.Waiting);

        Assert.Contains("pstat1.1 reads back as 'held by the keypad'", await bench.ReasonAsync(job.Id), StringComparison.Ordinal);
        Assert.Equal(0, bench.Cell.Starts);
        await bench.Engine.AlarmAsync("start-");
        await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.Engine.ResumeAsync(job.Id, "tester", default));
        bench.Analyzer.Busy = false;
        await bench.Engine.Engine.ResumeAsync(job.Id, "tester", default);
        await bench.Engine.ReachesAsync(job.Id, JobState.Running);
    }

    [Fact]
    public async Task A_lease_that_runs_out_while_the_cycler_keeps_its_start_waiting_is_taken_anew()
    {
        await using var bench = await StageBench.StartAsync();
        bench.Engine.LeaseValidity = TimeSpan.FromMilliseconds(300);
        await bench.Engine.RestartAsync();
        var (polled, goOn, readBack) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<long>());
        bench.Analyzer.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Analyzer.Id, "cable out");
        Job job = await bench.SubmitAsync(program => program);
        await bench.SaysAsync(job.Id, "waits: ");
        bench.Engine.Cycler.BeforePoll = token =>
        {
            polled.TrySetResult();
            return goOn.Task.WaitAsync(token);
        };
        await polled.Task;
        bench.Analyzer.OnInspect = () => readBack.TrySetResult(TimeProvider.System.GetTimestamp());
        bench.Analyzer.Broken = null;

        long granted = await readBack.Task;
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(granted) > 2 * bench.Engine.LeaseValidity, "the lease to run out");
        Assert.Equal(0, bench.Cell.Starts);
        (bench.Engine.Cycler.BeforePoll, _) = (null, goOn.TrySetResult());

        await bench.Engine.ReachesAsync(job.Id, JobState.Running);
        Assert.Equal(1, bench.Cell.Starts);
    }

    [Fact]
    public async Task The_potentiostat_is_not_switched_on_while_the_cycler_reads_back_as_on()
    {
        await using var bench = await StageBench.StartAsync();
        Job job = await bench.SubmitAsync(program => program with { Steps = [.. program.Steps, StageBench.Spectrum(3)] });
        await Eventually.TrueAsync(() => bench.Cell.State == ChannelState.Running, "the cycler to run");
        bench.Engine.Cycler.Outcome = _ => FollowOutcome.Complete; // it says that the test is over, and its output stays on
        bench.Engine.FinishOneCycle();
        bench.Cell.State = ChannelState.Running;

        await bench.Engine.ReachesAsync(job.Id, JobState.Waiting);

        Assert.Equal(0, bench.Analyzer.Starts);
        Assert.Contains("not free", await bench.ReasonAsync(job.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_is_moved_by_hand_waits_for_the_person_and_for_the_same_voltage_on_both()
    {
        await using var bench = await StageBench.StartAsync(Wiring.ByHand);
        Job job = await bench.SubmitAsync();

        await bench.SaysAsync(job.Id, "plug the cell over from cycler1.a to pstat1.1");
        Assert.Equal(0, bench.Analyzer.Starts);
        bench.Analyzer.Volts = 3.05; // the next cell on the shelf
        await bench.Engine.Engine.ResumeAsync(job.Id, "tester", default);
        await bench.SaysAsync(job.Id, "pstat1.1 sees 3.050 V, cycler1.a saw 3.100 V: they differ by more than 30 mV");
        bench.Analyzer.Volts = 3.08;
        await bench.Engine.Engine.ResumeAsync(job.Id, "tester", default);
        await bench.SpectrumAsync(1);

        await bench.SaysAsync(job.Id, "plug the cell over from pstat1.1 to cycler1.a");
        Assert.Equal((JobState.Waiting, 0), ((await bench.Engine.JobAsync(job.Id)).State, bench.Cell.Starts));
        await bench.Engine.Engine.ResumeAsync(job.Id, "tester", default);
        await bench.CycleAsync();
        Assert.Empty(bench.Conflicts);
    }

    [Fact]
    public async Task Behind_a_multiplexer_the_voltages_are_compared_without_a_person_and_a_reason_takes_them_as_they_are()
    {
        await using var bench = await StageBench.StartAsync(Wiring.Multiplexer);
        bench.Analyzer.Volts = 2.9;
        Job job = await bench.SubmitAsync();

        await bench.SaysAsync(job.Id, "differ by more than 30 mV");
        await bench.Engine.ReachesAsync(job.Id, JobState.Waiting);
        await bench.Engine.Engine.ResumeAsync(job.Id, "the probe's offset", "tester", default);

        await bench.SpectrumBeginsAsync(1);
    }
}
