using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Tests.Core;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

public sealed class StatusTests
{
    [Fact]
    public async Task Status_tells_node_clock_roles_and_broker()
    {
        await using RestBench bench = await RestBench.StartAsync();
        bench.Broker.IsConnected.Returns(true);

        JsonElement status = await bench.Http.GetFromJsonAsync<JsonElement>("/api/v1/status");

        Assert.Equal(
            ["site", "node", "version", "start_number", "clock", "roles", "broker", "jobs_running"],
            status.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("lab1", "bench"), (status.GetProperty("site").GetString(), status.GetProperty("node").GetString()));
        Assert.Equal(7, status.GetProperty("start_number").GetInt64());
        Assert.Equal(1, status.GetProperty("clock").GetProperty("speed").GetDouble());
        Assert.Equal(["acquisition", "dashboard"], status.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.True(status.GetProperty("broker").GetProperty("connected").GetBoolean());
    }

    [Fact]
    public async Task Jobs_that_are_queued_or_wait_or_are_over_do_not_run()
    {
        await using RestBench bench = await RestBench.StartAsync();
        JobState[] states = [JobState.Queued, JobState.Waiting, JobState.Running, JobState.Recovering, JobState.Completed];
        await bench.Journal.CommitAsync(
            new JournalWrite { Jobs = [.. states.Select((state, i) => Stories.Job($"abcdefgh234{i + 2}", $"cell-{i}", state))] }, default);

        JsonElement status = await bench.Http.GetFromJsonAsync<JsonElement>("/api/v1/status");

        Assert.Equal(2, status.GetProperty("jobs_running").GetInt32());
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("192.168.1.5")]
    public async Task A_foreign_host_name_is_not_served(string host)
    {
        await using RestBench bench = await RestBench.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        request.Headers.Host = host;

        using HttpResponseMessage answer = await bench.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(host, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused_and_gets_no_permission()
    {
        await using RestBench bench = await RestBench.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/devices/cycler1/probe");
        request.Headers.Add("Origin", "http://evil.example");

        using HttpResponseMessage answer = await bench.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task An_unknown_path_is_answered_with_problem_details()
    {
        await using RestBench bench = await RestBench.StartAsync();

        using HttpResponseMessage answer = await bench.Http.GetAsync("/api/v1/nothing");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_interface_describes_itself()
    {
        await using RestBench bench = await RestBench.StartAsync();

        JsonElement document = await bench.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        JsonElement paths = document.GetProperty("paths");
        Assert.True(paths.GetProperty("/api/v1/jobs").TryGetProperty("post", out _));
        Assert.True(paths.GetProperty("/api/v1/jobs/{id}/stop").TryGetProperty("post", out _));
    }

    [Fact]
    public async Task The_reference_page_names_every_resource()
    {
        await using RestBench bench = await RestBench.StartAsync();
        string page = RepositoryFiles.Text("docs", "reference", "rest.md");

        JsonElement paths = (await bench.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths");
        List<string> requests = [.. paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(verb => $"{verb.Name.ToUpperInvariant()} {path.Name.Replace("/api/v1/", "", StringComparison.Ordinal)}"))];

        Assert.True(requests.Count > 25, $"only {requests.Count} requests are described");
        Assert.All(requests, request => Assert.Contains(request, page, StringComparison.Ordinal));
    }
}
