using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Engine.Desk;

namespace CellLab.Tests.Engine;

public sealed class SubmissionTests
{
    [Fact]
    public async Task A_cell_with_the_wrong_open_circuit_voltage_is_refused_unless_accepted()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cell.Volts = 1.2;

        await RefusedAsync(bench, EngineBench.NewJob(), "accept_ocv", "1.200 V, expected 2.500 to 3.600 V");

        await bench.Engine.SubmitAsync(EngineBench.NewJob() with { AcceptOcvReason = "pre-lithiated" }, default);
        Assert.Single(await bench.Journal.ReadJobsAsync(default));
    }

    [Fact]
    public async Task A_cell_above_the_limits_is_refused_whatever_the_reason()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cell.Volts = 5.1;

        await RefusedAsync(bench, EngineBench.NewJob() with { AcceptOcvReason = "it is charged" }, "accept_ocv", "above the upper limit");
    }

    [Fact]
    public async Task One_cell_cannot_be_in_two_live_jobs()
    {
        await using var bench = await EngineBench.StartAsync();
        await bench.RunningJobAsync();

        await RefusedAsync(bench, EngineBench.NewJob(pipeline: "coin-2"), "sample", "lmno-1");
    }

    [Fact]
    public async Task Of_two_requests_for_one_cell_at_the_same_moment_one_is_refused()
    {
        await using var bench = await EngineBench.StartAsync();

        Task<Job>[] both = [bench.SubmitAsync(), bench.SubmitAsync(pipeline: "coin-2")];
        await Task.WhenAny(Task.WhenAll(both)); // waits for both, whatever their ends

        Task<Job> refused = Assert.Single(both, submit => submit.IsFaulted);
        Assert.Equal("sample", Assert.IsType<DeskRefusedException>(refused.Exception!.InnerException).Field);
        Assert.Single(await bench.Journal.ReadJobsAsync(default));
    }

    [Theory]
    [InlineData(ChannelState.Running, "busy")]
    [InlineData(ChannelState.Paused, "busy")]
    [InlineData(ChannelState.Unknown, "unclear")]
    [InlineData(ChannelState.Faulted, "unclear")]
    public async Task A_channel_that_is_not_clearly_free_is_refused(ChannelState state, string word)
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cell.State = state;

        await RefusedAsync(bench, EngineBench.NewJob(), "pipeline", word);
    }

    [Fact]
    public async Task Absent_channels_and_pipelines_are_named()
    {
        await using var bench = await EngineBench.StartAsync(absentChannel: true);

        await RefusedAsync(bench, EngineBench.NewJob(pipeline: "coin-7"), "pipeline", "configured are coin-1, coin-2, coin-9");
        await RefusedAsync(bench, EngineBench.NewJob(pipeline: "coin-9"), "pipeline", "does not show channel z");
    }

    [Fact]
    public async Task Nothing_is_started_on_an_instrument_that_does_not_answer()
    {
        await using var bench = await EngineBench.StartAsync();
        bench.Cycler.Broken = new DeviceFaultException(FaultKind.Unreachable, bench.Cycler.Id, "cable out");
        await CellLab.TestKit.Waiting.Eventually.TrueAsync(() => bench.Engine.Devices[0].State != DeviceState.Online, "device lost");

        await RefusedAsync(bench, EngineBench.NewJob(), "pipeline", "cable out");
    }

    [Fact]
    public async Task A_used_cell_must_be_where_it_was_last_seen()
    {
        await using var bench = await EngineBench.StartAsync();
        Job first = await bench.RunningJobAsync();
        bench.FinishOneCycle();
        bench.Cell.Volts = 2.21;
        await bench.ReachesAsync(first.Id, JobState.Completed);
        await CellLab.TestKit.Waiting.Eventually.TrueAsync(() => bench.Engine.ProgressOf(first.Id) is null, "no live figures of the ended job");
        Job? second = null;
        await CellLab.TestKit.Waiting.Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    second = await bench.Engine.SubmitAsync(EngineBench.NewJob(), default);
                    return true;
                }
                catch (DeskRefusedException)
                {
                    return false; // not yet polled at rest
                }
            },
            "the used cell is accepted at its rest voltage");
        await bench.ReachesAsync(second!.Id, JobState.Running);
        Assert.Equal(2, bench.Cell.Starts);
    }

    private static async Task RefusedAsync(EngineBench bench, Job job, string field, string text)
    {
        int before = (await bench.Journal.ReadJobsAsync(default)).Count;
        int starts = bench.Cell.Starts;

        var refusal = await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.SubmitAsync(job, default));

        Assert.Equal(field, refusal.Field);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await bench.Journal.ReadJobsAsync(default)).Count);
        Assert.Equal(starts, bench.Cell.Starts);
    }
}
