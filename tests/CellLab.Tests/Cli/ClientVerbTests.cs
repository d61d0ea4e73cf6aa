using System.Text.Json;
using System.Text.Json.Nodes;

namespace CellLab.Tests.Cli;

public sealed class ClientVerbTests
{
    private const string Jobs = """
        {"jobs":[{"job":"abcdefgh0123","state":"Running","verdict":null,"sample":{"name":"LMNO"},"pipeline":"p1",
        "protocol_name":"rate-map.json","submitted_utc":"2026-01-01T00:00:00Z","progress":{"cycle":4}}],"total":1}
        """;

    [Fact]
    public async Task A_listing_shows_one_line_for_each_row()
    {
        CliRun run = new CliRun().Answering("GET /api/v1/jobs", Jobs);

        Assert.Equal(0, await run.RunAsync("job", "list"));

        string[] lines = run.Out.ToString().TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("abcdefgh0123", lines[1], StringComparison.Ordinal);
        Assert.Contains("LMNO", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_a_listing_is_the_service_s_own_answer()
    {
        CliRun run = new CliRun().Answering("GET /api/v1/jobs", Jobs);
        await run.RunAsync("job", "list", "--json");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Jobs), JsonNode.Parse(run.Out.ToString())));
    }

    [Fact]
    public async Task An_empty_listing_says_so()
    {
        CliRun run = new CliRun().Answering("GET /api/v1/alarms", """{"alarms":[]}""");
        await run.RunAsync("alarm", "list");
        Assert.Equal("no alarms", run.Out.ToString().Trim());
    }

    [Fact]
    public async Task Sample_add_sends_quantities_as_typed_and_nothing_that_was_not_given()
    {
        CliRun run = new CliRun().Answering("POST /api/v1/samples", """{"name":"s1","active_mass_mg":2.0,"nominal_capacity_mah_g":250,"one_c_a":0.0005}""");

        int code = await run.RunAsync(
            "sample", "add", "s1", "--electrode-mass", "15.1mg", "--foil-mass", "12.6mg", "--active-fraction", "0.80", "--capacity", "250mAh/g");

        Assert.Equal(0, code);
        var expected = new JsonObject
        {
            ["name"] = "s1", ["electrode_mass"] = "15.1mg", ["foil_mass"] = "12.6mg", ["active_fraction"] = "0.80", ["capacity"] = "250mAh/g",
        };
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(run.Sent.Single().Body)));
        Assert.Contains("1C = 0.5 mA", run.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_submit_sends_the_protocol_s_text_under_a_key_of_its_own()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{ \"method\": [] }");
        CliRun run = new CliRun().Answering("POST /api/v1/jobs", """{"job":"abcdefgh0123","warnings":["loading is low"]}""");

        Assert.Equal(0, await run.RunAsync("job", "submit", file, "--pipeline", "p1", "--sample", "s1", "--json"));
        File.Delete(file);

        JsonElement body = JsonDocument.Parse(run.Sent.Single().Body).RootElement;
        Assert.Equal("{ \"method\": [] }", body.GetProperty("protocol").GetString());
        Assert.Equal(32, run.Sent[0].Message.Headers.GetValues("Idempotency-Key").Single().Length);
        Assert.Equal("abcdefgh0123", JsonDocument.Parse(run.Out.ToString()).RootElement.GetProperty("job").GetString());
        Assert.Equal("warning: loading is low", run.Reason);
    }

    [Fact]
    public async Task A_protocol_file_that_is_not_there_is_named_and_nothing_is_sent()
    {
        var run = new CliRun();
        Assert.Equal(1, await run.RunAsync("job", "submit", "no-such-file.json", "--pipeline", "p1", "--sample", "s1"));
        Assert.Contains("no-such-file.json", run.Reason, StringComparison.Ordinal);
        Assert.Empty(run.Sent);
    }

    [Fact]
    public async Task Job_stop_sends_the_reason()
    {
        CliRun run = new CliRun().Answering("POST /api/v1/jobs/abc/stop", """{"job":"abc","state":"Cancelled"}""");
        Assert.Equal(0, await run.RunAsync("job", "stop", "abc", "--reason", "smells"));
        Assert.Equal("""{"reason":"smells"}""", run.Sent.Single().Body);
    }

    [Theory]
    [InlineData("Running", "started on 27-1-1", 2, 0)]
    [InlineData("Waiting", "27-1-1: open-circuit voltage 1.2 V", 1, 1)]
    [InlineData("Waiting", "take the cell with sample 'a' out of 27-1-1", 2, 0)]
    public async Task Job_resume_tells_what_became_of_the_job(string state, string reason, int segments, int expected)
    {
        CliRun run = new CliRun()
            .Answering("GET /api/v1/jobs/abc", """{"job":"abc","state":"Paused","segments":[{}]}""")
            .Answering("POST /api/v1/jobs/abc/resume", $$"""{"job":"abc","state":"{{state}}","state_reason":"{{reason}}","segments":[{{string.Join(',', Enumerable.Repeat("{}", segments))}}]}""");

        Assert.Equal(expected, await run.RunAsync("job", "resume", "abc", "--accept-ocv", "pre-lithiated"));

        Assert.Equal("""{"accept_ocv":"pre-lithiated","reason":null}""", run.Sent.Single(sent => sent.Body.Length > 0).Body);
        Assert.Equal($"job abc: {state}: {reason}", (expected == 0 ? run.Out : run.Error).ToString().TrimEnd());
    }

    [Fact]
    public async Task Job_show_tells_the_clocks_of_the_instruments_and_which_are_not_known()
    {
        CliRun run = new CliRun()
            .Answering("GET /api/v1/jobs/abc", """
                {"job":"abc","state":"Running","clocks":[
                  {"device":"rga1","offset_s":-1.25,"uncertainty_s":0.0104,"measured_utc":"2026-03-01T08:00:00Z","source":"its clock"},
                  {"device":"xrd1","offset_s":null,"uncertainty_s":null,"measured_utc":null,"source":"it tells no time"}]}
                """)
            .Answering("GET /api/v1/jobs/abc/cycles", """{"cycles":[]}""");

        Assert.Equal(0, await run.RunAsync("job", "show", "abc"));

        Assert.Contains("clock     of rga1: -1.250 s against lab time, +- 0.010 s, 2026-03-01T08:00:00Z (its clock)", run.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("clock     of xrd1: not known (it tells no time)", run.Out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Completed", 0)]
    [InlineData("Failed", 1)]
    [InlineData("Cancelled", 1)]
    public async Task Job_watch_ends_with_the_job(string state, int expected)
    {
        CliRun run = new CliRun().Answering("GET /api/v1/jobs/abc", $$"""{"job":"abc","state":"{{state}}","sample":{"name":"LMNO"},"counts":{"stored":7} }""");
        Assert.Equal(expected, await run.RunAsync("job", "watch", "abc"));
        Assert.Contains("7 records", run.Out.ToString(), StringComparison.Ordinal);
    }
}
