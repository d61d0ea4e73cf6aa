using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests.Faults;

/// <summary>What the service shows at one moment of devices, alarms and some jobs.</summary>
internal sealed record BenchLook(
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

    /// <summary>What the instrument says flows on a channel, A; null when it says nothing.</summary>
    public double? AmperesOf(string channel) => Devices.Values
        .SelectMany(device => device.GetProperty("channels").EnumerateArray())
        .Where(shown => Text(shown, "channel") == channel)
        .Select(shown => shown.GetProperty("current_a") is { ValueKind: JsonValueKind.Number } amperes ? amperes.GetDouble() : (double?)null)
        .FirstOrDefault();

    public static string Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Key(JsonElement alarm) => $"{Text(alarm, "id")} {Text(alarm, "raised_utc")}";
}
