using System.Net;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Engine.Desk;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

public sealed class JobCommandTests
{
    private const string Id = "abcdefgh2345";

    private static readonly JobId Job = new(Id);

    [Fact]
    public async Task A_stop_is_passed_on_with_reason_and_name()
    {
        await using RestBench bench = await WithJobAsync();
        bench.Desk.StopAsync(Job, "smells odd", "anna", Arg.Any<CancellationToken>()).Returns(Stories.Job(Id, "lmno", JobState.Cancelled));

        JsonElement job = await bench.PostAsync($"jobs/{Id}/stop", new { reason = "smells odd" }, user: "anna");

        Assert.Equal((Id, "Cancelled"), (job.Text("job"), job.Text("state")));
    }

    [Fact]
    public async Task A_stop_without_a_reason_is_refused()
    {
        await using RestBench bench = await WithJobAsync();

        JsonElement problem = await bench.PostAsync($"jobs/{Id}/stop", new { }, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("reason", problem.Text("field"));
        await bench.Desk.DidNotReceiveWithAnyArgs().StopAsync(default, default!, default!, default);
    }

    [Fact]
    public async Task A_stop_that_the_instrument_does_not_confirm_is_a_failure_that_says_so()
    {
        await using RestBench bench = await WithJobAsync();
        bench.Desk.StopAsync(default, default!, default!, default).ReturnsForAnyArgs(Task.FromException<Job>(
            new DeviceFaultException(FaultKind.Unreachable, new DeviceId("cycler1"), "the stop of 27-1-1 is not confirmed")));

        JsonElement problem = await bench.PostAsync($"jobs/{Id}/stop", new { reason = "now" }, HttpStatusCode.BadGateway);

        Assert.Contains("not confirmed", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("devices/cycler1", problem.Text("hint"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_and_resume_are_passed_on()
    {
        await using RestBench bench = await WithJobAsync();
        bench.Desk.PauseAsync(Job, "local", Arg.Any<CancellationToken>()).Returns(Stories.Job(Id, "lmno", JobState.Paused));
        bench.Desk.ResumeAsync(Job, null, "local", Arg.Any<CancellationToken>()).Returns(Stories.Job(Id, "lmno"));

        Assert.Equal("Paused", (await bench.PostAsync($"jobs/{Id}/pause", new { })).Text("state"));
        Assert.Equal("Running", (await bench.PostAsync($"jobs/{Id}/resume", new { })).Text("state"));
    }

    [Fact]
    public async Task The_reason_of_a_pause_and_a_resume_goes_with_the_name()
    {
        await using RestBench bench = await WithJobAsync();
        bench.Desk.PauseAsync(default, default, default).ReturnsForAnyArgs(Stories.Job(Id, "lmno", JobState.Paused));
        bench.Desk.ResumeAsync(default, default, default, default).ReturnsForAnyArgs(Stories.Job(Id, "lmno"));

        await bench.PostAsync($"jobs/{Id}/pause", new { reason = "a clamp is loose" }, user: "anna");
        await bench.PostAsync($"jobs/{Id}/resume", new { reason = "clamp tightened" }, user: "ben");
        await bench.PostAsync($"jobs/{Id}/pause", new { reason = new string('x', 5000) }, HttpStatusCode.UnprocessableEntity);

        await bench.Desk.Received(1).PauseAsync(Job, new GivenBy("anna", "a clamp is loose"), Arg.Any<CancellationToken>());
        await bench.Desk.Received(1).ResumeAsync(Job, null, new GivenBy("ben", "clamp tightened"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_resume_passes_on_why_the_voltage_is_accepted_and_one_without_a_body_accepts_none()
    {
        await using RestBench bench = await WithJobAsync();
        bench.Desk.ResumeAsync(default, default, default, default).ReturnsForAnyArgs(Stories.Job(Id, "lmno"));

        await bench.PostAsync($"jobs/{Id}/resume", new { accept_ocv = "pre-lithiated" }, user: "anna");
        using HttpResponseMessage bare = await bench.Http.PostAsync($"/api/v1/jobs/{Id}/resume", null);

        Assert.Equal(HttpStatusCode.OK, bare.StatusCode);
        await bench.Desk.Received(1).ResumeAsync(Job, "pre-lithiated", "anna", Arg.Any<CancellationToken>());
        await bench.Desk.Received(1).ResumeAsync(Job, null, "local", Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_command_that_does_not_fit_the_state_is_a_conflict()
    {
        await using RestBench bench = await WithJobAsync();
        bench.Desk.ResumeAsync(default, default, default, default).ReturnsForAnyArgs(
            Task.FromException<Job>(new DeskRefusedException("the job is not paused", "job")));

        Assert.Contains(
            "not paused", (await bench.PostAsync($"jobs/{Id}/resume", new { }, HttpStatusCode.Conflict)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_is_kept_under_the_callers_name()
    {
        await using RestBench bench = await WithJobAsync();

        await bench.PostAsync($"jobs/{Id}/note", new { text = "moved to the other shelf" }, user: "anna");

        await bench.Desk.Received(1).NoteAsync(Job, "moved to the other shelf", "anna", Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("note")]
    public async Task Commands_to_a_job_that_is_not_there_are_answered_with_404(string command)
    {
        await using RestBench bench = await RestBench.StartAsync();
        object body = command switch { "stop" => new { reason = "x" }, "note" => new { text = "x" }, _ => new { } };

        await bench.PostAsync($"jobs/nobody/{command}", body, HttpStatusCode.NotFound);
    }

    private static async Task<RestBench> WithJobAsync()
    {
        RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        return bench;
    }
}
