using System.Net.Http.Json;
using CellLab.Core.Events;
using CellLab.Service.Access;
using CellLab.Service.Watching;
using CellLab.Tests.Service.Rest;

namespace CellLab.Tests.Service.Access;

/// <summary>Who changed users, and from where somebody logged in.</summary>
[Trait("Suite", "Broad")]
public sealed class AccessNotesTests
{
    [Fact]
    public async Task Changes_of_users_and_tokens_come_into_the_audit_once_with_the_name_of_who_made_them()
    {
        await using RestBench bench = await RestBench.StartAsync();
        var desk = new UserDesk(bench.Users, TimeProvider.System, "root");
        desk.Add("ada", AccessRole.Operator, ["coin-1"], "correct horse battery");
        (TokenEntry token, string secret) = desk.AddToken("ada", null, TimeSpan.FromDays(9), null);
        desk.Disable("ada", disabled: true);
        Assert.Throws<AccessException>(() => desk.Disable("nobody", disabled: true));
        var watch = new AccessWatch(bench.Users.Notes, bench.Journal);

        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);

        IReadOnlyList<AuditEntry> audit = await bench.Journal.ReadAuditAsync(0, 100, CancellationToken.None);
        Assert.Equal(["user add ada operator", $"token add ada token {token.Id} until {token.ExpiresUtc:yyyy-MM-dd}", "user disable ada done"],
            audit.Select(entry => $"{entry.Command} {entry.Target} {entry.Result}"));
        Assert.All(audit, entry => Assert.Equal("root", entry.Who));
        Assert.DoesNotContain(audit, entry => entry.ToString().Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.1", "203.0.113.7", "127.0.0.1")]
    [InlineData(null, "203.0.113.7", "127.0.0.1")]
    public async Task The_callers_address_is_taken_from_a_trusted_proxy_alone(string? proxy, string forwarded, string expected)
    {
        await using RestBench bench = await RestBench.StartAsync(loginRequired: true, trustedProxy: proxy);
        using var login = new HttpRequestMessage(HttpMethod.Post, "/api/v1/session") { Content = JsonContent.Create(new { user = "nobody", password = "guess guess guess" }) };
        login.Headers.Add("X-Forwarded-For", forwarded);

        using HttpResponseMessage answer = await bench.Http.SendAsync(login);

        AuditEntry entry = Assert.Single(await bench.Journal.ReadAuditAsync(0, 100, CancellationToken.None), entry => entry.Command == "login");
        Assert.Equal(expected, entry.Target.Replace("::ffff:", "", StringComparison.Ordinal));
    }
}
