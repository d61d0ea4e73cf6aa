using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CellLab.Core.Events;
using CellLab.Service.Access;
using CellLab.Tests.Service.Rest;

namespace CellLab.Tests.Service.Access;

/// <summary>Logging in, by the page's cookie.</summary>
[Trait("Suite", "Broad")]
public sealed class SessionTests
{
    [Fact]
    public async Task Without_a_login_asked_for_this_machine_may_do_everything()
    {
        await using RestBench bench = await RestBench.StartAsync();

        JsonElement session = await bench.GetAsync("session");

        Assert.Equal("""{"user":null,"role":"admin","csrf":null,"pipelines":null}""", session.GetRawText());
    }

    [Fact]
    public async Task A_login_gives_a_cookie_that_commands_only_with_the_secret_of_the_page()
    {
        await using RestBench bench = await RestBench.StartAsync(loginRequired: true);
        bench.Users.AddUser("alice", AccessRole.Operator);

        (string setCookie, string csrf) = await bench.LogInAsync("alice");
        string cookie = setCookie.Split(';')[0];

        Assert.Contains("httponly", setCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", setCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(null, HttpMethod.Get, "/api/v1/jobs", null, ("Cookie", cookie)));
        Assert.Equal(HttpStatusCode.Forbidden, await bench.AsAsync(null, HttpMethod.Post, "/api/v1/jobs/x/pause", null, ("Cookie", cookie)));
        Assert.Equal(HttpStatusCode.Forbidden, await bench.AsAsync(null, HttpMethod.Post, "/api/v1/jobs/x/pause", null, ("Cookie", cookie), ("X-CellLab-CSRF", "guess")));
        Assert.Equal(HttpStatusCode.NotFound, await bench.AsAsync(null, HttpMethod.Post, "/api/v1/jobs/x/pause", null, ("Cookie", cookie), ("X-CellLab-CSRF", csrf)));
    }

    [Fact]
    public async Task A_session_ends_with_the_logout_and_with_any_change_to_its_user()
    {
        await using RestBench bench = await RestBench.StartAsync(loginRequired: true);
        bench.Users.AddUser("alice", AccessRole.Viewer);
        bench.Users.AddUser("bob", AccessRole.Viewer);
        (string first, string csrf) = await bench.LogInAsync("alice");
        (string second, _) = await bench.LogInAsync("bob");

        Assert.Equal(
            HttpStatusCode.NoContent, await bench.AsAsync(null, HttpMethod.Delete, "/api/v1/session", null, ("Cookie", first.Split(';')[0]), ("X-CellLab-CSRF", csrf)));
        new UserDesk(bench.Users, TimeProvider.System, "root").Disable("bob", disabled: true);

        Assert.Equal(HttpStatusCode.Unauthorized, await bench.AsAsync(null, HttpMethod.Get, "/api/v1/jobs", null, ("Cookie", first.Split(';')[0])));
        Assert.Equal(HttpStatusCode.Unauthorized, await bench.AsAsync(null, HttpMethod.Get, "/api/v1/jobs", null, ("Cookie", second.Split(';')[0])));
    }

    [Fact]
    public async Task Wrong_names_and_passwords_get_one_answer_and_too_many_of_them_none()
    {
        await using RestBench bench = await RestBench.StartAsync(loginRequired: true);
        bench.Users.AddUser("alice", AccessRole.Viewer);
        var answers = new List<(HttpStatusCode Code, string Text)>();
        for (int attempt = 0; attempt < 12; attempt++)
        {
            using HttpResponseMessage answer = await bench.Http.PostAsJsonAsync("/api/v1/session", new { user = attempt == 0 ? "mallory" : "alice", password = $"guess {attempt}" });
            answers.Add((answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("detail")!));
        }

        Assert.All(answers.Take(10), answer => Assert.Equal(answers[1], answer));
        Assert.Equal(HttpStatusCode.Unauthorized, answers[0].Code);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].Code);
        IReadOnlyList<AuditEntry> audit = await bench.Journal.ReadAuditAsync(0, 100, default);
        Assert.Equal(("login", "unknown", "refused"), (audit[0].Command, audit[0].Who, audit[0].Result));
        Assert.DoesNotContain(audit, entry => $"{entry}".Contains("guess", StringComparison.Ordinal));
    }
}
