using System.Text.Json;
using CellLab.Service.Options;
using Microsoft.Extensions.Configuration;

namespace CellLab.Service.Reloading;

/// <summary>What differs between two configurations of a node, by what it takes to put it in force.</summary>
internal sealed class ConfigurationChange(ServiceConfiguration before, ServiceConfiguration after)
{
    public IReadOnlyList<string> AddedDevices => [.. after.Devices.Select(device => device.Id).Except(before.Devices.Select(device => device.Id))];

    public IReadOnlyList<string> RemovedDevices => [.. before.Devices.Select(device => device.Id).Except(after.Devices.Select(device => device.Id))];

    public IReadOnlyList<string> ChangedDevices =>
        [.. from old in before.Devices join device in after.Devices on old.Id equals device.Id where Text(old) != Text(device) select old.Id];

    public IReadOnlyList<string> AddedPipelines => [.. after.Pipelines.Select(pipeline => pipeline.Id).Except(before.Pipelines.Select(pipeline => pipeline.Id))];

    public IReadOnlyList<string> RemovedPipelines => [.. before.Pipelines.Select(pipeline => pipeline.Id).Except(after.Pipelines.Select(pipeline => pipeline.Id))];

    public IReadOnlyList<string> ChangedPipelines =>
        [.. from old in before.Pipelines join pipeline in after.Pipelines on old.Id equals pipeline.Id where Json(old) != Json(pipeline) select old.Id];

    public bool Alarms => Json(before.Alarms) != Json(after.Alarms);

    public bool Notify => Json(before.Notify) != Json(after.Notify);

    public bool Archive => before.Archive != after.Archive;

    /// <summary>Members that are read at the start alone.</summary>
    public IReadOnlyList<string> NeedRestart =>
    [
        .. from part in new (string Name, object Before, object After)[]
           {
               ("site", before.Site, after.Site), ("node", before.Node, after.Node), ("data", before.DataFolder, after.DataFolder), ("http.url", before.Http.Url, after.Http.Url),
               ("http.certificate", Json(before.Http.Certificate), Json(after.Http.Certificate)), ("http.names", Json(before.Http.Names), Json(after.Http.Names)),
               ("http.trusted_proxies", string.Join(' ', before.Http.TrustedProxies), string.Join(' ', after.Http.TrustedProxies)),
               ("access", Json(before.Access), Json(after.Access)), ("mqtt", before.Mqtt, after.Mqtt), ("start_lateness_min", before.StartLateness, after.StartLateness), ("telemetry", Json(before.Telemetry), Json(after.Telemetry)),
           }
           where !part.Before.Equals(part.After)
           select part.Name,
    ];

    /// <summary>One phrase for each thing that becomes different.</summary>
    public IReadOnlyList<string> Describe() =>
    [
        .. Phrases("device", "added", AddedDevices), .. Phrases("device", "removed", RemovedDevices), .. Phrases("device", "changed", ChangedDevices),
        .. Phrases("pipeline", "added", AddedPipelines), .. Phrases("pipeline", "removed", RemovedPipelines), .. Phrases("pipeline", "changed", ChangedPipelines),
        .. Alarms ? ["alarms changed"] : Array.Empty<string>(), .. Notify ? ["notify changed"] : Array.Empty<string>(), .. Archive ? ["archive changed"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Phrases(string what, string how, IReadOnlyList<string> names) => names.Select(name => $"{what} {name} {how}");

    /// <summary>The whole entry as it stands in the file, wherever it stands there.</summary>
    private static string Text(DeviceEntry device) =>
        string.Join('\n', device.Section.AsEnumerable(true).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
