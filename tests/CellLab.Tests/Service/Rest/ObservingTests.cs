using System.Net;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

public sealed class ObservingTests
{
    [Fact]
    public async Task Alarms_are_listed_and_acknowledged_by_name()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await bench.Journal.CommitAsync(new JournalWrite { Alarms = [Stories.Alarm("limit-1")] }, CancellationToken.None);

        JsonElement alarm = Assert.Single((await bench.GetAsync("alarms")).GetProperty("alarms").EnumerateArray());
        await bench.PostAsync("alarms/limit-1/ack", new { note = "seen" }, user: "anna");
        await bench.PostAsync("alarms/limit-1/ack", new { note = (string?)null });

        Assert.Equal(("limit-1", "critical", true), (alarm.Text("id"), alarm.Text("severity"), alarm.GetProperty("active").GetBoolean()));
        await bench.Desk.Received(1).AcknowledgeAlarmAsync("limit-1", "anna", "seen", Arg.Any<CancellationToken>());
        await bench.Desk.Received(1).AcknowledgeAlarmAsync("limit-1", "local", null, Arg.Any<CancellationToken>());
        await bench.PostAsync("alarms/none/ack", new { }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_audit_shows_who_did_what()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await bench.PostAsync("samples", new { name = "a1", active_mass = "2mg", capacity = "250mAh/g" }, HttpStatusCode.Created, user: "anna");
        await bench.PostAsync("samples/a1/amend", new { active_mass = "2.1mg", reason = "weighed again" }, user: "ben");

        JsonElement[] entries = [.. (await bench.GetAsync("audit")).GetProperty("entries").EnumerateArray()];
        JsonElement[] later = [.. (await bench.GetAsync("audit?after=" + entries[0].GetProperty("number"))).GetProperty("entries").EnumerateArray()];

        Assert.Equal(["anna", "ben"], entries.Select(entry => entry.Text("who")));
        Assert.Equal("weighed again", Assert.Single(later).Text("reason"));
    }

    [Fact]
    public async Task A_name_that_is_no_name_is_refused()
    {
        await using RestBench bench = await RestBench.StartAsync();

        await bench.PostAsync(
            "samples", new { name = "a1", active_mass = "2mg", capacity = "250mAh/g" }, HttpStatusCode.BadRequest, user: new string('x', 65));
    }

    [Fact]
    public async Task The_process_lives_although_the_node_is_not_ready()
    {
        await using RestBench bench = await RestBench.StartAsync();
        bench.Broker.IsConnected.Returns(false);
        bench.Desk.Devices.Returns([Device(DeviceState.Disconnected, "no answer from 10.0.0.7:502")]);

        Assert.Equal(HttpStatusCode.OK, (await bench.Http.GetAsync("/health/live")).StatusCode);
        using HttpResponseMessage answer = await bench.Http.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        JsonElement ready = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.False(ready.GetProperty("ready").GetBoolean());
        Assert.Equal(
            [("journal", true), ("broker", false), ("device cycler1", false)],
            ready.GetProperty("checks").EnumerateArray().Select(check => (check.Text("name"), check.GetProperty("ok").GetBoolean())));
        Assert.Contains("no answer", ready.GetProperty("checks")[2].Text("problem"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_with_journal_broker_and_devices_is_ready()
    {
        await using RestBench bench = await RestBench.StartAsync();
        bench.Broker.IsConnected.Returns(true);
        bench.Desk.Devices.Returns([Device(DeviceState.Online, null)]);

        Assert.Equal(HttpStatusCode.OK, (await bench.Http.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text_with_the_figures_of_the_node()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, "abcdefgh2345", "lmno");
        await bench.Journal.CommitAsync(
            new JournalWrite { Alarms = [Stories.Alarm("a"), Stories.Alarm("b", active: false)] }, CancellationToken.None);
        await bench.Journal.WriteCursorAsync(JournalCursors.Publisher, 3, CancellationToken.None);
        bench.Desk.Devices.Returns([Device(DeviceState.Online, null), Device(DeviceState.Faulted, "x")]);
        bench.Meter.Took(TimeSpan.FromMilliseconds(0.7));
        bench.Meter.Took(TimeSpan.FromSeconds(60));

        using HttpResponseMessage answer = await bench.Http.GetAsync("/metrics");
        string[] lines = (await answer.Content.ReadAsStringAsync()).Split('\n');

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        string[] expected =
        [
            "celllab_records_stored_total 5", "celllab_records_published_total 3", "celllab_devices_configured 2", "celllab_devices_online 1",
            "celllab_jobs{state=\"Running\"} 1", "celllab_jobs{state=\"Failed\"} 0", "celllab_alarms_active{severity=\"critical\"} 1",
            "celllab_commit_seconds_bucket{le=\"0.0005\"} 0", "celllab_commit_seconds_bucket{le=\"0.001\"} 1", "celllab_commit_seconds_bucket{le=\"5\"} 1",
            "celllab_commit_seconds_bucket{le=\"+Inf\"} 2", "celllab_commit_seconds_count 2",
        ];
        Assert.Empty(expected.Except(lines));
        Assert.All(lines.Where(line => line.Length > 0 && line[0] != '#'), line => Assert.Matches("^[a-z_]+(\\{[a-z]+=\"[^\"]*\"\\})? [0-9.eE+-]+$", line));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_with_its_limit()
    {
        await using RestBench bench = await RestBench.StartAsync();

        JsonElement problem = await bench.PostAsync(
            "protocols/check", new { name = "p", text = new string('x', 3 * 1024 * 1024) }, HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("2097152", problem.Text("hint"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_refused_by_its_type()
    {
        await using RestBench bench = await RestBench.StartAsync();
        using var body = new StringContent("name=a1", System.Text.Encoding.UTF8, "text/plain");

        using HttpResponseMessage answer = await bench.Http.PostAsync("/api/v1/samples", body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        JsonElement problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Contains("application/json", problem.Text("hint"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protocol_is_checked_without_changing_anything()
    {
        await using RestBench bench = await RestBench.StartAsync();

        JsonElement good = await bench.PostAsync("protocols/check", new { name = "p.json", text = Stories.Protocol, mass = "2mg", capacity = "250mAh/g" });
        JsonElement baseless = await bench.PostAsync("protocols/check", new { name = "p.json", text = Stories.Protocol });
        JsonElement broken = await bench.PostAsync(
            "protocols/check", new { name = "p.json", text = Stories.Protocol.Replace("until_voltage_V", "until_volts", StringComparison.Ordinal) });
        JsonElement nobody = await bench.PostAsync(
            "protocols/check", new { name = "p.json", text = Stories.Protocol, sample = "nobody" }, HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["valid", "errors", "warnings", "steps", "currents"], good.Members());
        Assert.True(good.GetProperty("valid").GetBoolean(), good.GetRawText());
        JsonElement step = good.GetProperty("steps")[0];
        Assert.Equal(["control", "ends", "period_s"], step.Members());
        Assert.Equal(("c-rate", 0.1), (step.GetProperty("control").Text("kind"), step.GetProperty("control").GetProperty("value").GetDouble()));
        Assert.Equal(["kind", "operator", "value"], step.GetProperty("ends")[0].Members());
        Assert.NotEqual(0, baseless.GetProperty("warnings").GetArrayLength()); // portable, but no base for its rates yet
        Assert.False(broken.GetProperty("valid").GetBoolean());
        Assert.Equal(["file", "line", "column", "message", "hint"], broken.GetProperty("errors")[0].Members());
        Assert.Equal("sample", nobody.Text("field"));
    }

    private static DeviceView Device(DeviceState state, string? error) => new(new DeviceId("cycler1"), "Neware", true, state, null, error, []);
}
