using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

public sealed class StopTests
{
    [Fact]
    public async Task A_stop_while_a_reply_hangs_is_confirmed_within_3_s()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { Speed = 100 });
        string job = await lab.SubmitAsync(lab.Folder.Write("cycles.json", Protocols.Cycles(4)));
        await lab.WaitForRecordsAsync(job, 3);
        await lab.SetFaultAsync("never-answer", "times=1");

        TimeProvider wall = TimeProvider.System;
        long asked = wall.GetTimestamp();
        RunResult stop = await lab.CliAsync("job", "stop", job, "--reason", "test", "--json");
        TimeSpan took = wall.GetElapsedTime(asked);

        Assert.True(stop.ExitCode == 0, $"{stop}\n{lab.Service}");
        Assert.True(took < TimeSpan.FromSeconds(3), $"the stop took {took.TotalSeconds:0.0} s");
        JsonElement ended = await lab.WaitAsync(job, "to have ended", answer => answer.IsSettled());
        Assert.Equal("Cancelled", ended.State());
        Assert.Equal("aborted", ended.GetProperty("verdict").GetString());
        Assert.Equal("stop", (await ChannelStateAsync(lab)).GetProperty("state_text").GetString());
    }

    [Fact]
    public async Task Stopping_the_service_leaves_the_cell_running_and_a_restart_goes_on()
    {
        await using Lab lab = await Lab.StartAsync();
        string job = await lab.SubmitAsync(lab.Folder.Write("cycles.json", Protocols.Cycles(4)));
        await lab.WaitForRecordsAsync(job, 100);

        Assert.Equal(0, await lab.Service.TerminateAsync());
        await lab.StartServiceAsync();

        await lab.CompleteWithoutGapAsync(job);
    }

    private static async Task<JsonElement> ChannelStateAsync(Lab lab) =>
        (await lab.Api.GetAsync("channels")).GetProperty("channels").EnumerateArray().First(channel => channel.GetProperty("job").ValueKind == JsonValueKind.Null);
}
