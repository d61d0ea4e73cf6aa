using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Service.Offline.Health;

namespace CellLab.Cli.Verbs;

/// <summary>What a service that runs knows of its own health: the broker, its devices, and its alarms of the clock, the disk and the forecast of the disk.</summary>
internal static class RunningServiceChecks
{
    private static readonly (string Alarm, string Name, string Fine)[] s_watched =
    [
        ("clock", "clock", "no step of the system clock told"),
        ("disk", "disk of the service", "more free than alarms.disk_free_gb"),
        ("disk-forecast", "disk forecast", "not full within alarms.disk_forecast_days, as it fills now"),
        ("storage", "storing", "records can be stored"),
    ];

    public static async Task<IReadOnlyList<HealthCheck>> ExamineAsync(ServiceClient service, CancellationToken cancellationToken)
    {
        try
        {
            JsonElement status = await service.GetAsync("status", cancellationToken);
            JsonElement devices = await service.GetAsync("devices", cancellationToken);
            JsonElement alarms = await service.GetAsync("alarms", cancellationToken);
            return [Broker(status), .. devices.Items("devices").Select(Device), .. s_watched.Select(watched => Alarm(watched, alarms))];
        }
        catch (CliException refused)
        {
            return [new HealthCheck("health of the service", false, $"not told: {refused.Message}", "give a token that may look (celllab token add)")];
        }
    }

    private static HealthCheck Broker(JsonElement status)
    {
        bool connected = status.At("broker.connected") is { ValueKind: JsonValueKind.True };
        return new HealthCheck("broker of the service", connected, connected ? "connected" : "not connected", "nothing is lost: records are published once it is back; look at the broker and its log");
    }

    private static HealthCheck Device(JsonElement device)
    {
        (string id, string state) = (device.TextOf("id") ?? "?", device.TextOf("state") ?? "?");
        string? error = device.TextOf("last_error");
        return state == "Online"
            ? new HealthCheck($"device {id}", true, "online")
            : new HealthCheck($"device {id}", false, error is null ? state : $"{state}: {error}", $"look at its cable and its power; then celllab device probe {id}");
    }

    private static HealthCheck Alarm((string Alarm, string Name, string Fine) watched, JsonElement alarms) =>
        alarms.Items("alarms").Where(alarm => alarm.TextOf("id") == watched.Alarm && alarm.At("active") is { ValueKind: JsonValueKind.True }).Select(alarm => alarm.TextOf("text")).FirstOrDefault() is { } text
            ? new HealthCheck(watched.Name, false, text, $"celllab alarm list; what to do stands in docs/how-to/alarms.md under '{watched.Alarm}'")
            : new HealthCheck(watched.Name, true, watched.Fine);
}
