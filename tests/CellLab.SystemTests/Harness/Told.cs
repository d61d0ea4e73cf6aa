using System.Text.Json;
using CellLab.TestKit.Receivers;
using Xunit.Abstractions;

namespace CellLab.SystemTests.Harness;

/// <summary>Who has been told of which alarm.</summary>
internal sealed class Told(Lab lab, WebhookReceiver hook, SmtpReceiver mail, ITestOutputHelper output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(180);

    public int ByHook(string alarm) => hook.Taken.Count(message => message.Contains($"\"alarm\":\"{alarm}\"", StringComparison.Ordinal));

    /// <summary>The mail's subject has the sentence alone; its last line names the alarm.</summary>
    public int ByMail(string alarm) => mail.Taken.Count(message => message.Contains($"celllab alarm ack {alarm} ", StringComparison.Ordinal));

    /// <summary>Both have been told of all of them.</summary>
    public async Task WaitAsync(params string[] alarms)
    {
        long began = TimeProvider.System.GetTimestamp();
        foreach (string alarm in alarms)
        {
            await Eventually.GetAsync(
                $"{alarm} to be told", s_limit, async () => (Said: ByHook(alarm) > 0 && ByMail(alarm) > 0, await StateAsync()), seen => seen.Said);
            output.WriteLine($"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s  {alarm}");
        }
    }

    /// <summary>Of no event, whatever its source, more than one message to each.</summary>
    public void AssertNoneTwice()
    {
        string[] keys = [.. hook.Taken.Select(message => JsonDocument.Parse(message[message.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("key").GetString()!)];
        Assert.Equal(keys.Distinct().Order(), keys.Order());
        string[] ids = [.. mail.Taken.Select(message => message.Split('\n').First(line => line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase)))];
        Assert.Equal(ids.Distinct().Order(), ids.Order());
    }

    /// <summary>What was taken is noted as sent: a kill between the two would send it again, with the same key, as the documentation says.</summary>
    public Task WaitUntilNotedAsync() => Eventually.GetAsync(
        "nothing to wait in the outbox", s_limit, () => File.ReadAllTextAsync(lab.Folder["data/notify/outbox.json"]),
        text => JsonDocument.Parse(text).RootElement.GetProperty("Pending").GetArrayLength() == 0);

    /// <summary>Ids of those whose cause still holds.</summary>
    public async Task<string[]> ActiveAsync() =>
        [.. (await lab.Api.GetAsync("alarms")).GetProperty("alarms").EnumerateArray().Where(alarm => alarm.GetProperty("active").GetBoolean()).Select(alarm => alarm.GetProperty("id").GetString()!)];

    public Task WaitUntilGoneAsync(params string[] alarms) =>
        Eventually.GetAsync($"{string.Join(", ", alarms)} not to be active", s_limit, ActiveAsync, active => !active.Intersect(alarms).Any());

    private async Task<string> StateAsync()
    {
        try
        {
            return string.Join('\n', (await lab.Api.GetAsync("alarms")).GetProperty("alarms").EnumerateArray().Select(alarm => $"{alarm.GetProperty("id")}: {alarm.GetProperty("text")}"));
        }
        catch (HttpRequestException away)
        {
            return away.Message;
        }
    }
}
