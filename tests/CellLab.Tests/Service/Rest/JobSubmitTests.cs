using System.Net;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

public sealed class JobSubmitTests
{
    [Fact]
    public async Task A_job_is_checked_compiled_and_handed_to_the_Engine()
    {
        await using RestBench bench = await WithEngineAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);

        JsonElement answer = await bench.PostAsync("jobs", Request("lmno"), HttpStatusCode.Accepted, user: "Anna%20M%C3%BCller");

        Job job = Submitted(bench);
        Assert.Equal(job.Id.Value, answer.Text("job"));
        Assert.Equal(("lmno", "coin-1", "one-cycle", Stories.Protocol), (job.Sample, job.Pipeline, job.ProtocolName, job.ProtocolText));
        Assert.Equal("Anna Müller", job.SubmittedBy);
        Assert.Equal(5e-4, job.Base.OneCAmperes, 1e-12);
        Assert.Equal(2, job.Program.Steps.Count);
    }

    [Fact]
    public async Task A_protocol_in_YAML_is_taken_with_the_values_that_were_set()
    {
        const string text = "celllab_protocol: 1\nwindow: 2.0-4.8 V\nparameters: {rate: 0.1C}\nmethod:\n  - Charge at ${rate} until 4.8 V\n";
        await using RestBench bench = await WithEngineAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);

        await bench.PostAsync(
            "jobs",
            new { protocol_name = "my.yaml", protocol = text, pipeline = "coin-1", sample = "lmno", set = new Dictionary<string, string> { ["rate"] = "0.2C" } },
            HttpStatusCode.Accepted);

        Job job = Submitted(bench);
        Assert.Equal(1e-4, Assert.IsType<CellLab.Core.Programs.CurrentStep>(Assert.Single(job.Program.Steps)).CurrentAmperes, 1e-12);
        Assert.Equal((text, "0.2C"), (job.ProtocolText, job.ProtocolSettings!["rate"]));
    }

    [Theory]
    [InlineData("2026-03-01 08:00", "is not a date and time of ISO 8601")]
    [InlineData("08:00", "is not a date and time of ISO 8601")]
    [InlineData("2126-13-01T08:00Z", "is not a date and time of ISO 8601")]
    [InlineData("2126-03-01T08:00", "has no time zone")]
    [InlineData("2001-03-01T08:00Z", "is over; lab time is")]
    public async Task A_start_that_cannot_be_meant_is_refused(string at, string text)
    {
        await using RestBench bench = await WithEngineAsync();

        JsonElement problem = await bench.PostAsync("jobs", Timed(at), HttpStatusCode.UnprocessableEntity);

        Assert.Equal("at", problem.Text("field"));
        Assert.Contains(text, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stated_start_is_handed_on_as_an_instant()
    {
        await using RestBench bench = await WithEngineAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);

        await bench.PostAsync("jobs", Timed("2126-03-01T08:00+01:00"), HttpStatusCode.Accepted);

        Assert.Equal(new DateTimeOffset(2126, 3, 1, 7, 0, 0, TimeSpan.Zero), Submitted(bench).NotBeforeUtc);
    }

    [Fact]
    public async Task Cycles_are_counted_from_the_direction_that_leads_on_the_sample()
    {
        await using RestBench bench = await WithEngineAsync();
        await bench.Journal.CommitAsync(
            new JournalWrite { Samples = [Stories.Cell("graphite") with { Leading = LeadingDirection.Discharge }] }, CancellationToken.None);

        await bench.PostAsync("jobs", Request("graphite"), HttpStatusCode.Accepted);

        Assert.Equal(LeadingDirection.Discharge, Submitted(bench).Leading);
    }

    [Fact]
    public async Task What_needs_an_instrument_that_the_pipeline_lacks_is_refused_by_step_and_place_with_nothing_stored()
    {
        const string text = "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - Rest for 1 h\n  - {step: operator_task, text: open the valve}\n"
            + "  - {step: impedance_spectroscopy, amplitude_V: 0.01, start_frequency_Hz: 1e5, end_frequency_Hz: 0.01}\n";
        await using RestBench bench = await WithEngineAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);

        JsonElement problem = await bench.PostAsync(
            "jobs", new { protocol_name = "my.yaml", protocol = text, pipeline = "coin-1", sample = "lmno" }, HttpStatusCode.UnprocessableEntity);

        JsonElement spectrum = Assert.Single(problem.GetProperty("errors").EnumerateArray()); // a person is always there
        Assert.Equal((6, "'impedance_spectroscopy': step 3 needs role eis, pipeline coin-1 has none"), (spectrum.GetProperty("line").GetInt32(), spectrum.Text("message")));
        await bench.Desk.DidNotReceiveWithAnyArgs().SubmitAsync(default!, default, default);
    }

    [Fact]
    public async Task An_unknown_sample_is_registered_with_mass_and_capacity()
    {
        await using RestBench bench = await WithEngineAsync();

        await bench.PostAsync("jobs", Request("new-cell", mass: "2.00mg", capacity: "0.5mAh"), HttpStatusCode.Accepted);

        Job job = Submitted(bench);
        Assert.Equal(("new-cell", 2.0, 250.0), (job.Sample, job.Base.ActiveMassMilligrams, job.Base.MilliampereHoursPerGram));
        Assert.Equal("new-cell", Assert.Single(await bench.Journal.ReadSamplesAsync("new-cell", CancellationToken.None)).Name);
    }

    [Fact]
    public async Task A_refusal_of_the_Engine_names_its_field_and_leaves_no_new_sample()
    {
        await using RestBench bench = await RestBench.StartAsync();
        bench.Desk.SubmitAsync(Arg.Any<Job>(), Arg.Any<Sample?>(), Arg.Any<CancellationToken>())
            .Returns(Task.FromException<Job>(new DeskRefusedException("channel cycler1.27-1-1 is used by job x", "pipeline")));

        JsonElement problem = await bench.PostAsync("jobs", Request("fresh", mass: "2mg", capacity: "250mAh/g"), HttpStatusCode.UnprocessableEntity);

        Assert.Equal("pipeline", problem.Text("field"));
        Assert.Contains("is used by job x", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Empty(await bench.Journal.ReadSamplesAsync("fresh", CancellationToken.None));
    }

    public static TheoryData<string, string?, string> Mistakes => new()
    {
        { "pipeline", "coin-9", "pipeline" },
        { "pipeline", null, "pipeline" },
        { "sample", "nobody", "sample" },
        { "sample", "", "sample" },
        { "protocol", "{ \"method\": [] }", "protocol" },
        { "protocol", "not json", "protocol" },
        { "protocol", null, "protocol" },
        { "protocol_name", null, "protocol_name" },
        { "mass", "2.5mg", "mass" },
        { "mass", "2 bananas", "active_mass" },
        { "capacity", "300mAh/g", "capacity" },
        { "accept_ocv", " ", "accept_ocv" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_wrong_member_is_named_and_nothing_is_submitted(string member, string? value, string field)
    {
        await using RestBench bench = await WithEngineAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);
        Dictionary<string, string?> request = Request("lmno");
        request[member] = value;

        JsonElement problem = await bench.PostAsync("jobs", request, HttpStatusCode.UnprocessableEntity);

        Assert.Equal(field, problem.Text("field"));
        Assert.False(string.IsNullOrWhiteSpace(problem.Text("detail")));
        await bench.Desk.DidNotReceiveWithAnyArgs().SubmitAsync(default!, default, default);
    }

    [Fact]
    public async Task A_protocol_with_several_errors_tells_them_all_with_their_places()
    {
        await using RestBench bench = await WithEngineAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);
        Dictionary<string, string?> request = Request("lmno");
        request["protocol"] = "{ \"record\": { \"time_s\": 30 },\n \"method\": [\n { \"step\": \"wait\" },\n { \"step\": \"sing\" } ] }";

        JsonElement problem = await bench.PostAsync("jobs", request, HttpStatusCode.UnprocessableEntity);

        Assert.Equal([3, 4], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task A_member_that_does_not_exist_is_refused_by_name()
    {
        await using RestBench bench = await WithEngineAsync();
        Dictionary<string, string?> request = Request("lmno");
        request["pipline"] = "coin-1";

        JsonElement problem = await bench.PostAsync("jobs", request, HttpStatusCode.BadRequest);

        Assert.Contains("pipline", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_request_with_the_same_key_gives_the_first_job()
    {
        await using RestBench bench = await WithEngineAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);

        JsonElement first = await bench.PostAsync("jobs", Request("lmno"), HttpStatusCode.Accepted, key: "k1");
        JsonElement again = await bench.PostAsync("jobs", Request("lmno"), HttpStatusCode.Accepted, key: "k1");

        Assert.Equal(first.Text("job"), again.Text("job"));
        await bench.Desk.ReceivedWithAnyArgs(1).SubmitAsync(default!, default, default);
        JsonElement other = await bench.PostAsync("jobs", Request("lmno", capacity: "250mAh/g"), HttpStatusCode.UnprocessableEntity, key: "k1");
        Assert.Equal("Idempotency-Key", other.Text("field"));
    }

    [Fact]
    public async Task A_request_that_died_before_its_job_was_stored_keeps_the_same_id()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);
        var seen = new List<JobId>();
        bench.Desk.SubmitAsync(Arg.Do<Job>(job => seen.Add(job.Id)), Arg.Any<Sample?>(), Arg.Any<CancellationToken>())
            .Returns(
                _ => Task.FromException<Job>(new StorageException("the disk is full")),
                call => Task.FromResult(call.Arg<Job>()));

        await bench.PostAsync("jobs", Request("lmno"), HttpStatusCode.ServiceUnavailable, key: "k2");
        JsonElement second = await bench.PostAsync("jobs", Request("lmno"), HttpStatusCode.Accepted, key: "k2");

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0].Value, second.Text("job"));
    }

    /// <summary>An Engine that stores what it is given.</summary>
    private static async Task<RestBench> WithEngineAsync()
    {
        RestBench bench = await RestBench.StartAsync();
        bench.Desk.SubmitAsync(Arg.Any<Job>(), Arg.Any<Sample?>(), Arg.Any<CancellationToken>()).Returns(async call =>
        {
            Job job = call.Arg<Job>();
            IReadOnlyList<Sample> added = call.Arg<Sample?>() is { } sample ? [sample] : [];
            await bench.Journal.CommitAsync(new JournalWrite { Jobs = [job], Samples = added }, CancellationToken.None);
            return job;
        });
        return bench;
    }

    private static Job Submitted(RestBench bench) => bench.Desk.ReceivedCalls()
        .Where(call => call.GetMethodInfo().Name == nameof(IExperimentDesk.SubmitAsync))
        .Select(call => (Job)call.GetArguments()[0]!)
        .Single();

    private static Dictionary<string, string?> Request(string sample, string? mass = null, string? capacity = null) => new()
    {
        ["protocol_name"] = "one-cycle.json",
        ["protocol"] = Stories.Protocol,
        ["pipeline"] = "coin-1",
        ["sample"] = sample,
        ["mass"] = mass,
        ["capacity"] = capacity,
        ["accept_ocv"] = null,
    };

    private static object Timed(string at) => new { protocol_name = "one-cycle", protocol = Stories.Protocol, pipeline = "coin-1", sample = "lmno", at };
}
