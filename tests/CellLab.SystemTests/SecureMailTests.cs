using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CellLab.SystemTests.Harness;
using CellLab.TestKit.Receivers;

namespace CellLab.SystemTests;

/// <summary>Alarms by mail over STARTTLS to a server whose certificate the machine trusts, with a login: the right one, and a wrong one.</summary>
public sealed class SecureMailTests : IDisposable
{
    private const string Right = "correct horse 7";
    private const string Wrong = "wrong horse 8";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_mail_goes_encrypted_with_login_and_a_refused_login_becomes_an_alarm_without_the_password()
    {
        using var authority = new OwnAuthority();
        using X509Certificate2 certificate = authority.Issue("localhost");
        await using var server = new SecureSmtpReceiver(certificate, "lab", Right);
        (int http, int mqtt) = (Ports.Free(), Ports.Free());
        _folder.Write("right", Right + "\n");
        _folder.Write("wrong", Wrong + "\n");
        Configure(http, mqtt, server.Port, messagesPerHour: 30);
        var trusting = new RunRequest { Variables = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = _folder.Write("authority.pem", authority.Pem) } };
        await using var service = new Child("service", App.Start(trusting, "serve", "--config", _folder["celllab.json"], "--role", "acquisition"));

        await Eventually.GetAsync("the mail", s_limit, () => Task.FromResult(service.Said), _ => !server.Taken.IsEmpty);
        Assert.Contains("Only", Assert.Single(server.Taken), StringComparison.Ordinal); // the disk has less than a petabyte free
        Assert.All(server.Heard, line => Assert.True(line.StartsWith("EHLO", StringComparison.Ordinal) || line is "STARTTLS" or "QUIT", line));
        for (int round = 1; round < 3; round++) // what had failed is tried at once with every change of who is told
        {
            await Eventually.TrueAsync($"attempt {round}", s_limit, () => File.ReadAllText(_folder["data/notify/outbox.json"]).Contains($"\"Attempts\":{round}", StringComparison.Ordinal));
            Configure(http, mqtt, server.Port, messagesPerHour: 30 + round);
            await service.SendAsync("HUP");
        }

        using var api = new Api(http);
        string text = await Eventually.GetAsync("the alarm", s_limit, () => AlarmAsync(api, "notify-wrong"), found => found.Length > 0);

        Assert.Contains("localhost: the login of 'lab' was refused (535: 5.7.8", text, StringComparison.Ordinal);
        Assert.Contains($"Look at the password in {_folder["wrong"]}", text, StringComparison.Ordinal);
        Assert.True(server.Refused >= 3);
        Assert.Single(server.Taken, mail => mail.Contains("Only", StringComparison.Ordinal));
        AssertNoSecret($"{service.Said}{text}");
    }

    private static async Task<string> AlarmAsync(Api api, string id)
    {
        JsonElement alarms = (await api.GetAsync("alarms")).GetProperty("alarms");
        return alarms.EnumerateArray().Where(alarm => alarm.GetProperty("id").GetString() == id).Select(alarm => alarm.GetProperty("text").GetString()!).FirstOrDefault("");
    }

    private void Configure(int http, int mqtt, int mail, int messagesPerHour) => _folder.Write("celllab.json", string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "site": "s", "http": { "url": "http://127.0.0.1:{{http}}" }, "mqtt": { "port": {{mqtt}} }, "pipelines": [], "devices": [],
          "alarms": { "disk_free_gb": 1000000 },
          "notify": { "warning_delay_s": 0, "messages_per_hour": {{messagesPerHour}}, "targets": [ {{Target("right", mail)}}, {{Target("wrong", mail)}} ] }
        }
        """));

    private static string Target(string name, int port) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "name": "{{name}}", "least": "critical", "mail": { "host": "localhost", "port": {{port}}, "security": "starttls", "user": "lab", "password_file": "{{name}}", "from": "lab@example.org", "to": ["ada@example.org"] } }
        """);

    private void AssertNoSecret(string said)
    {
        string written = string.Concat(Directory.GetFiles(_folder["data"], "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".log" || file.Contains("journal.db", StringComparison.Ordinal)).Select(ReadShared));
        foreach (string secret in new[] { Right, Wrong, Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0lab\0{Wrong}")) })
        {
            Assert.DoesNotContain(secret, said + written, StringComparison.Ordinal);
        }
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
