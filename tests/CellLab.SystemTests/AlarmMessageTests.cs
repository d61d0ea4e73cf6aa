using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.SystemTests.Harness;
using CellLab.TestKit.Receivers;

namespace CellLab.SystemTests;

/// <summary>An alarm of the bench on its way to REST, MQTT, a webhook and a mailbox, with the service killed in between.</summary>
public sealed class AlarmMessageTests
{
    private const string Alarm = "device-cycler1";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_lost_device_is_told_once_everywhere_although_the_service_is_killed_before_the_webhook_answers()
    {
        await using var hook = new WebhookReceiver { Away = true };
        await using var mail = new SmtpReceiver();
        await using Lab lab = await Lab.StartAsync(new LabOptions { Speed = 20 });
        await lab.Service.TerminateAsync();
        await TellAsync(lab.Configuration, hook, mail);
        await lab.StartServiceAsync();
        await using Subscriber retained = Subscriber.Start(lab.MqttPort, $"celllab/v1/+/alarm/{Alarm}");

        string job = await lab.SubmitAsync(lab.Folder.Write("long.json", Protocols.Cycles(50)));
        await lab.WaitAsync(job, "to run", answer => answer.State() == "Running");
        await lab.SetFaultAsync("refuse", "--device", "cycler1");
        await lab.SetFaultAsync("cut-mid-reply", "--device", "cycler1", "times=1");
        await Eventually.TrueAsync("the mail", s_limit, () => mail.Taken.Any(message => message.Contains(Alarm, StringComparison.Ordinal)));
        await Eventually.GetAsync(
            "the alarm on MQTT", s_limit, () => Task.FromResult(string.Join("\n", retained.Messages.Select(message => message.GetRawText()))),
            seen => seen.Contains("\"severity\":\"critical\"", StringComparison.Ordinal));
        string outbox = lab.Folder["data/notify/outbox.json"];
        await Eventually.TrueAsync("an attempt at the webhook", s_limit, () => File.ReadAllText(outbox).Contains("\"Attempts\":1", StringComparison.Ordinal));
        await lab.Service.KillAsync();
        await lab.ClearFaultAsync("refuse");
        hook.Away = false;
        await lab.StartServiceAsync();

        await Eventually.TrueAsync("the webhook", TimeSpan.FromSeconds(120), () => hook.Taken.Any(message => message.Contains(Alarm, StringComparison.Ordinal)));
        JsonElement alarm = Assert.Single((await lab.Api.GetAsync("alarms")).GetProperty("alarms").EnumerateArray(), found => found.GetProperty("id").GetString() == Alarm);
        Assert.Equal("critical", alarm.GetProperty("severity").GetString()); // a job runs on it
        Assert.False(alarm.GetProperty("active").GetBoolean()); // it is online again, and nobody has seen the alarm yet
        Assert.Equal(0, (await lab.CliAsync("alarm", "shelve", Alarm, "--until", "8h", "--note", "cable")).ExitCode);
        Assert.Equal(0, (await lab.CliAsync("alarm", "ack", Alarm, "--note", "cable plugged in")).ExitCode);
        Assert.DoesNotContain((await lab.Api.GetAsync("alarms")).GetProperty("alarms").EnumerateArray(), found => found.GetProperty("id").GetString() == Alarm);

        Assert.Single(hook.Taken, message => message.Contains($"\"alarm\":\"{Alarm}\"", StringComparison.Ordinal));
        Assert.Single(mail.Taken, message => message.Contains(Alarm, StringComparison.Ordinal));
        await Eventually.TrueAsync("the restart to be told", s_limit, () => hook.Taken.Any(message => message.Contains("\"alarm\":\"restart\"", StringComparison.Ordinal)));
    }

    private static async Task TellAsync(string file, WebhookReceiver hook, SmtpReceiver mail)
    {
        JsonNode configuration = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        configuration["notify"] = new JsonObject
        {
            ["warning_delay_s"] = 0,
            ["targets"] = new JsonArray(
                new JsonObject { ["name"] = "hook", ["webhook"] = new JsonObject { ["url"] = hook.Url.ToString() } },
                new JsonObject
                {
                    ["name"] = "post",
                    ["mail"] = new JsonObject
                    {
                        ["host"] = "127.0.0.1", ["port"] = mail.Port, ["security"] = "none", ["from"] = "lab@example.org", ["to"] = new JsonArray("ada@example.org"),
                    },
                }),
        };
        await File.WriteAllTextAsync(file, configuration.ToJsonString());
    }
}
