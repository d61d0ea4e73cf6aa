using System.Net;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Service.Access;
using CellLab.Tests.Service.Rest;

namespace CellLab.Tests.Service.Access;

/// <summary>Who may do what.</summary>
[Trait("Suite", "Broad")]
public sealed class AccessGateTests : IAsyncLifetime
{
    private RestBench bench = null!;

    public async Task InitializeAsync()
    {
        bench = await RestBench.StartAsync(loginRequired: true);
        bench.Users.AddUser("vera", AccessRole.Viewer);
        bench.Users.AddUser("otto", AccessRole.Operator, "coin-2");
        bench.Users.AddUser("ada", AccessRole.Admin);
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task Nobody_sees_the_login_and_that_the_process_lives()
    {
        Assert.All(
            await Task.WhenAll(new[] { "/api/v1/jobs", "/api/v1/alarms", "/metrics", "/openapi/v1.json", "/health/ready", "/API/V1/jobs" }
                .Select(path => bench.AsAsync(null, HttpMethod.Get, path))),
            code => Assert.Equal(HttpStatusCode.Unauthorized, code));
        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(null, HttpMethod.Get, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(null, HttpMethod.Get, "/api/v1/session"));
    }

    [Fact]
    public async Task Tokens_count_while_they_are_good_and_no_longer()
    {
        string good = bench.Users.AddToken("vera");
        string expired = bench.Users.AddToken("vera", DateTimeOffset.UnixEpoch);

        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(good, HttpMethod.Get, "/api/v1/jobs"));
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.AsAsync(expired, HttpMethod.Get, "/api/v1/jobs"));
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.AsAsync(good + "x", HttpMethod.Get, "/api/v1/jobs"));
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.AsAsync("", HttpMethod.Get, "/api/v1/jobs"));
        new UserDesk(bench.Users, TimeProvider.System, "root").RevokeToken(AccessToken.IdOf(good)!);
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.AsAsync(good, HttpMethod.Get, "/api/v1/jobs"));
    }

    [Fact]
    public async Task A_viewer_commands_nothing_and_the_attempt_is_in_the_audit()
    {
        string token = bench.Users.AddToken("vera");

        Assert.Equal(HttpStatusCode.Forbidden, await bench.AsAsync(token, HttpMethod.Post, "/api/v1/jobs/x/stop", new { reason = "x" }));
        Assert.Equal(HttpStatusCode.Forbidden, await bench.AsAsync(token, HttpMethod.Post, "/api/v1/samples", new { name = "x" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await bench.AsAsync(token, HttpMethod.Post, "/api/v1/protocols/check", new { }));
        Assert.Contains(
            await bench.Journal.ReadAuditAsync(0, 100, default),
            entry => entry is { Who: "vera", Command: "POST /api/v1/jobs/x/stop", Result: "refused" });
    }

    [Fact]
    public async Task An_operator_commands_the_cells_of_his_pipelines_alone()
    {
        Job theirs = Stories.Job("abcdefgh2342", "cell-1", JobState.Running);
        await bench.Journal.CommitAsync(new JournalWrite { Jobs = [theirs, Stories.Job("abcdefgh2343", "cell-2", JobState.Running) with { Pipeline = "coin-2" }] }, default);
        string token = bench.Users.AddToken("otto");

        Assert.Equal(HttpStatusCode.Forbidden, await bench.AsAsync(token, HttpMethod.Post, $"/api/v1/jobs/{theirs.Id}/note", new { text = "x" }));
        Assert.Equal(HttpStatusCode.Forbidden, await bench.AsAsync(token, HttpMethod.Post, "/api/v1/jobs", new { pipeline = theirs.Pipeline }));
        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(token, HttpMethod.Post, "/api/v1/jobs/abcdefgh2343/note", new { text = "x" }));
        Assert.Equal(HttpStatusCode.Forbidden, await bench.AsAsync(token, HttpMethod.Post, "/api/v1/jobs/abcdefgh2343/continue", new { on = "cycler1.27-1-1" }));
        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(bench.Users.AddToken("ada"), HttpMethod.Post, $"/api/v1/jobs/{theirs.Id}/note", new { text = "x" }));
    }

    [Fact]
    public async Task The_audit_names_the_user_whatever_the_header_says()
    {
        string token = bench.Users.AddToken("ada");

        Assert.Equal(
            HttpStatusCode.Created,
            await bench.AsAsync(token, HttpMethod.Post, "/api/v1/samples", new { name = "s1", active_mass = "2mg", capacity = "250mAh/g" }, ("X-CellLab-User", "somebody")));

        Assert.Equal("ada", Assert.Single(await bench.Journal.ReadAuditAsync(0, 100, default)).Who);
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_take_nothing_from_elsewhere()
    {
        using HttpResponseMessage answer = await bench.Http.GetAsync("/api/v1/jobs");

        Assert.StartsWith("default-src 'self'; img-src 'self' data: blob:; style-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_file_of_users_that_is_broken_changes_nothing()
    {
        string token = bench.Users.AddToken("vera");
        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(token, HttpMethod.Get, "/api/v1/jobs"));

        await File.WriteAllTextAsync(bench.Users.Path, "{ broken");

        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(token, HttpMethod.Get, "/api/v1/jobs"));
        Assert.Throws<AccessException>(bench.Users.Read);
    }
}
