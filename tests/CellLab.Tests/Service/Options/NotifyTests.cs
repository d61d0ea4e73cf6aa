using CellLab.Core.Events;
using CellLab.Service.Hosting;
using CellLab.Service.Notifying;
using CellLab.Service.Options;

namespace CellLab.Tests.Service.Options;

public sealed class NotifyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Targets_are_read_with_their_defaults()
    {
        NotifySettings notify = Load("""
            { "digest_at": "06:00", "heartbeat": { "url": "https://hc.example.org/x" }, "targets": [
              { "name": "lab", "mail": { "host": "smtp.example.org", "password_file": "p", "user": "u", "from": "a@example.org", "to": ["b@example.org"] } },
              { "name": "chat", "least": "critical", "escalations_only": true, "webhook": { "url": "https://chat.example.org/secret" } } ] }
            """);

        Assert.Equal(("lab", AlarmSeverity.Warning, 587), (notify.Targets[0].Name, notify.Targets[0].Least, notify.Targets[0].Mail!.Port));
        Assert.Equal(Path.Combine(folder.Path, "p"), notify.Targets[0].Mail!.PasswordFile);
        Assert.Equal((true, AlarmSeverity.Critical), (notify.Targets[1].EscalationsOnly, notify.Targets[1].Least));
        Assert.DoesNotContain("secret", notify.Targets[1].ToString(), StringComparison.Ordinal);
        Assert.Equal((new TimeOnly(6, 0), TimeSpan.FromMinutes(5)), (notify.DigestAt!.Value, notify.Heartbeat!.Interval));
    }

    [Theory]
    [InlineData("""{ "targets": [ { "name": "a" } ] }""", "notify.targets[0].webhook: neither")]
    [InlineData("""{ "targets": [ { "name": "a", "webhook": { "url": "chat" } } ] }""", "notify.targets[0].webhook.url:")]
    [InlineData("""{ "targets": [ { "name": "a", "mail": { "host": "h", "from": "x@example.org", "to": [] } } ] }""", "notify.targets[0].mail.to: nobody")]
    [InlineData("""{ "targets": [ { "name": "a", "mail": { "host": "h", "from": "nobody at all", "to": ["x@example.org"] } } ] }""", "notify.targets[0].mail.from:")]
    [InlineData("""{ "targets": [ { "name": "a", "mail": { "host": "h", "user": "u", "from": "x@example.org", "to": ["x@example.org"] } } ] }""", "notify.targets[0].mail.user: a user without")]
    [InlineData("""{ "targets": [ { "name": "a", "mail": { "host": "h", "user": "u", "password_file": "p", "security": "none", "from": "x@example.org", "to": ["x@example.org"] } } ] }""", "notify.targets[0].mail.security: none, with")]
    [InlineData("""{ "digest_at": "noon" }""", "notify.digest_at:")]
    [InlineData("""{ "targets": [ { "name": "a", "webhook": { "url": "http://x" } }, { "name": "a", "webhook": { "url": "http://x" } } ] }""", "notify.targets: a name stands there twice")]
    public void What_cannot_be_right_is_refused_by_its_path(string notify, string reason) =>
        Assert.Contains(reason, Assert.Throws<StartRefusedException>(() => Load(notify)).Message, StringComparison.Ordinal);

    private NotifySettings Load(string notify) =>
        ConfigurationFile.Load(folder.Write("celllab.json", $$"""{ "site": "s", "pipelines": [], "devices": [], "notify": {{notify}} }""")).Notify;
}
