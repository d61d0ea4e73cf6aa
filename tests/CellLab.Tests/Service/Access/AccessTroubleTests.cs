using System.Net;
using CellLab.Core.Events;
using CellLab.Service.Access;
using CellLab.Service.Hosting;
using CellLab.Service.Watching;
using CellLab.Tests.Service.Rest;

namespace CellLab.Tests.Service.Access;

/// <summary>Users, tokens, sessions and the node's key on a disk that takes nothing, and damaged.</summary>
[Trait("Suite", "Broad")]
public sealed class AccessTroubleTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    private AccessFile File => AccessFile.In(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{ \"users\": [ { \"name\": \"ada\", \"ro")]
    [InlineData("null")]
    [InlineData("{ \"users\": [null], \"tokens\": [] }")]
    [InlineData("{ \"users\": [], \"tokens\": [null] }")]
    [InlineData("{ \"users\": [], \"tokens\": [ { \"id\": \"abcdefgh\", \"user\": \"ada\", \"role\": null, \"hash\": \"x\", \"created_utc\": \"2026-01-01T00:00:00Z\", \"expires_utc\": \"2027-01-01T00:00:00Z\", \"note\": null } ] }")]
    public void A_damaged_file_of_users_is_named_with_what_to_do(string rubbish)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File.Path)!);
        System.IO.File.WriteAllText(File.Path, rubbish);

        AccessException refused = Assert.Throws<AccessException>(() => File.Read());

        Assert.Contains(File.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("put a copy of", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_the_disk_does_not_take_is_not_made_and_not_told()
    {
        await using RestBench bench = await RestBench.StartAsync();
        var desk = new UserDesk(bench.Users, TimeProvider.System, "root");
        desk.Add("ada", AccessRole.Operator, null, Password);
        string before = await System.IO.File.ReadAllTextAsync(bench.Users.Path);
        Directory.CreateDirectory(Path.Combine(bench.Users.Path + ".new", "in the way"));

        AccessException refused = Assert.Throws<AccessException>(() => desk.AddToken("ada", null, TimeSpan.FromDays(9), null));

        Assert.Contains(bench.Users.Path, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllTextAsync(bench.Users.Path));
        Directory.Delete(bench.Users.Path + ".new", recursive: true);
        desk.AddToken("ada", null, TimeSpan.FromDays(9), null);
        await new AccessWatch(bench.Users.Notes, bench.Journal).LookAsync(CancellationToken.None);
        IReadOnlyList<AuditEntry> audit = await bench.Journal.ReadAuditAsync(0, 100, CancellationToken.None);
        Assert.Equal(["user add", "token add"], audit.Select(entry => entry.Command));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("in the way")]
    public void No_note_no_change(string? below)
    {
        new UserDesk(File, TimeProvider.System, "root").Add("ada", AccessRole.Operator, null, Password);
        string notes = File.Path + ".changes";
        System.IO.File.Delete(notes);
        if (below is null)
        {
            System.IO.File.CreateSymbolicLink(notes, "/dev/full"); // takes no byte, as a full disk
        }
        else
        {
            Directory.CreateDirectory(Path.Combine(notes, below));
        }

        Assert.Throws<AccessException>(() => new UserDesk(File, TimeProvider.System, "root").Disable("ada", disabled: true));

        Assert.False(Assert.Single(File.Read().Users).Disabled);
    }

    [Fact]
    public async Task Half_a_note_is_told_as_one_that_cannot_be_read_and_holds_up_no_other()
    {
        await using RestBench bench = await RestBench.StartAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Users.Path)!);
        await System.IO.File.WriteAllTextAsync(bench.Users.Path + ".changes", "{\"WallUtc\":\"2026-\nnull\n");
        new UserDesk(bench.Users, TimeProvider.System, "root").Add("ada", AccessRole.Operator, null, Password);

        await new AccessWatch(bench.Users.Notes, bench.Journal).LookAsync(CancellationToken.None);

        IReadOnlyList<AuditEntry> audit = await bench.Journal.ReadAuditAsync(0, 100, CancellationToken.None);
        Assert.Equal(["users changed", "users changed", "user add"], audit.Select(entry => entry.Command));
        Assert.False(System.IO.File.Exists(bench.Users.Path + ".changes"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    public void A_damaged_key_of_the_node_is_refused_and_no_secret(string rubbish)
    {
        string key = NodeKey.Read(_folder.Path);
        Assert.Equal(key, NodeKey.Read(_folder.Path));
        string path = Path.Combine(_folder.Path, "access", "node.key");
        System.IO.File.WriteAllText(path, rubbish);

        StartRefusedException refused = Assert.Throws<StartRefusedException>(() => NodeKey.Read(_folder.Path));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        System.IO.File.Delete(path);
        Assert.NotEqual(key, NodeKey.Read(_folder.Path));
    }

    [Fact]
    public async Task Who_comes_because_the_disk_is_full_is_let_in()
    {
        await using RestBench bench = await RestBench.StartAsync(loginRequired: true);
        bench.Users.AddUser("alice", AccessRole.Operator);
        string sessions = Path.Combine(Path.GetDirectoryName(bench.Users.Path)!, "sessions.json");
        Directory.CreateDirectory(Path.Combine(sessions + ".new", "in the way"));

        (string cookie, _) = await bench.LogInAsync("alice");

        Assert.Equal(HttpStatusCode.OK, await bench.AsAsync(null, HttpMethod.Get, "/api/v1/jobs", null, ("Cookie", cookie.Split(';')[0])));
    }
}
