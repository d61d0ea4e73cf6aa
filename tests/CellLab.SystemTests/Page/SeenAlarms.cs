using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Page;

/// <summary>Where somebody who watches from far away sees an alarm.</summary>
internal static class SeenAlarms
{
    /// <summary>All of them stand in REST once, in retained topics and in the page's list.</summary>
    public static async Task AssertAsync(Lab lab, Tab tab, IReadOnlyCollection<string> alarms)
    {
        await using Subscriber retained = Subscriber.Start(lab.MqttPort, "celllab/v1/+/alarm/+"); // so late that only what is retained comes
        await Eventually.GetAsync(
            "the retained alarms", TimeSpan.FromSeconds(60), () => Task.FromResult(string.Join(' ', retained.Messages.Select(message => message.GetProperty("id").GetString()))),
            seen => alarms.All(alarm => seen.Split(' ').Contains(alarm)));
        JsonElement[] listed = [.. (await lab.Api.GetAsync("alarms")).GetProperty("alarms").EnumerateArray()];
        foreach (string alarm in alarms)
        {
            JsonElement found = Assert.Single(listed, found => found.GetProperty("id").GetString() == alarm);
            string text = found.GetProperty("text").GetString()!;
            await tab.WaitForTextAsync($".alarm:has-text('{alarm}')", text[..Math.Min(40, text.Length)]);
        }
    }
}
