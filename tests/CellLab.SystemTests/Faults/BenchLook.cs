using System.Text.Json;
using System.Text.RegularExpressions;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Faults;

/// <summary>What the service shows at one moment of devices, alarms and some jobs.</summary>
internal sealed partial record BenchLook(
    IReadOnlyDictionary<string, JsonElement> Devices, IReadOnlyList<JsonElement> Alarms, IReadOnlyDictionary<string, JsonElement> Jobs, IReadOnlyList<JsonElement> Events)
{
    /// <param name="subject">The job whose events are read.</param>
    public static async Task<BenchLook> TakeAsync(Lab lab, string subject, IReadOnlyList<string> others)
    {
        JsonElement devices = (await lab.Api.GetAsync("devices")).GetProperty("devices");
        JsonElement alarms = (await lab.Api.GetAsync("alarms?all=true")).GetProperty("alarms");
        JsonElement events = (await lab.Api.GetAsync($"jobs/{subject}/events")).GetProperty("events");
        var jobs = new Dictionary<string, JsonElement>();
        foreach (string job in (IEnumerable<string>)[subject, .. others])
        {
            jobs[job] = await lab.Api.GetAsync($"jobs/{job}");
        }

        return new BenchLook(
            devices.EnumerateArray().ToDictionary(device => Text(device, "id")), [.. alarms.EnumerateArray()], jobs, [.. events.EnumerateArray()]);
    }

    public bool IsOnline(string device) => Text(Devices[device], "state") == "Online";

    /// <summary>Alarms that were raised, or raised again, since another look.</summary>
    public IEnumerable<JsonElement> AlarmsSince(BenchLook before)
    {
        HashSet<string> known = [.. before.Alarms.Select(Key)];
        return Alarms.Where(alarm => !known.Contains(Key(alarm)));
    }

    public IEnumerable<string> EventsSince(BenchLook before) => Events.Skip(before.Events.Count).Select(happened => Text(happened, "text"));

    /// <summary>An alarm, or an event that a job without any fault does not have.</summary>
    public bool SpeaksOfTrouble(BenchLook before) => AlarmsSince(before).Any() || EventsSince(before).Any(text => text.Length > 0 && !Routine().IsMatch(text));

    /// <summary>What the instrument says flows on a channel, A; null when it says nothing.</summary>
    public double? AmperesOf(string channel) => Devices.Values
        .SelectMany(device => device.GetProperty("channels").EnumerateArray())
        .Where(shown => Text(shown, "channel") == channel)
        .Select(shown => shown.GetProperty("current_a") is { ValueKind: JsonValueKind.Number } amperes ? amperes.GetDouble() : (double?)null)
        .FirstOrDefault();

    public static string Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(
        "^(The BTS PC's clock|The test is over; the instrument|Instrument log|between segments|Queued: |Running: |Starting: |gas line: |step [0-9]+, .* (begins|is over)|spectrum [0-9]+: ([0-9]+) of \\1 points$|trigger [0-9]+ fired|pattern .*: ok)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Routine();

    private static string Key(JsonElement alarm) => $"{Text(alarm, "id")} {Text(alarm, "raised_utc")}";
}
