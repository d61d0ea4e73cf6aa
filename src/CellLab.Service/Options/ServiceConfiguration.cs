using CellLab.Service.Access;
using CellLab.Service.Notifying;
using CellLab.Service.Telemetry;
using CellLab.Service.Watching;

namespace CellLab.Service.Options;

/// <summary>The configuration of one node, checked: see <c>docs/reference/configuration.md</c>. <paramref name="File"/> is the full path it was
/// read from; relative folders in it are taken from there.</summary>
public sealed record ServiceConfiguration(
    string File,
    string Site,
    string Node,
    HttpEntry Http,
    MqttEntry Mqtt,
    string DataFolder,
    IReadOnlyList<PipelineEntry> Pipelines,
    IReadOnlyList<DeviceEntry> Devices)
{
    /// <summary>Lab time by which a stated start (<c>job submit --at</c>) may be missed before a person has to decide.</summary>
    public TimeSpan StartLateness { get; init; } = TimeSpan.FromHours(1);

    public NotifySettings Notify { get; init; } = new();

    public WatchSettings Alarms { get; init; } = new();

    public ArchiveEntry Archive { get; init; } = new(null, null);

    /// <summary>Null: no collector.</summary>
    public TelemetrySettings? Telemetry { get; init; }

    public Uri HttpUrl => Http.Url;

    public AccessSettings Access => Http.Access;

    public PipelineEntry? FindPipeline(string id) => Pipelines.FirstOrDefault(pipeline => pipeline.Id == id);
}
