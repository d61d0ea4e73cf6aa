using System.Globalization;
using System.Text.Json.Nodes;
using CellLab.Core.Jobs;

namespace CellLab.Storage.Export;

/// <summary>Blocks that say what was connected to what. A job that never started has neither channel nor equipment.</summary>
internal sealed class SidecarRig(ExportContext context, ExportSubject subject)
{
    public JsonObject Cell() => new()
    {
        ["cell_instance"] = new JsonObject
        {
            ["id"] = subject.Job.Sample,
            ["cell_spec_id"] = subject.Sample?.Holder ?? "unknown",
            ["batch_id"] = subject.Sample?.Group,
        },
    };

    public JsonObject? Channel() => subject.LastSegment is not { } segment ? null : new JsonObject
    {
        ["channel"] = new JsonObject
        {
            ["id"] = segment.Channel.ToString(),
            ["equipment_id"] = segment.Channel.Device.Value,
            ["index"] = IndexOf(segment),
            ["label"] = segment.Channel.Channel,
            ["status"] = "unknown",
        },
    };

    public JsonObject? Equipment() => subject.LastSegment is not { } segment ? null : new JsonObject
    {
        ["equipment"] = new JsonObject
        {
            ["id"] = segment.Channel.Device.Value,
            ["equipment_spec_id"] = context.DeviceOf(subject.LastSegment)?.Identity?.Model ?? context.DeviceOf(subject.LastSegment)?.Driver ?? "unknown",
            ["serial_number"] = context.DeviceOf(subject.LastSegment)?.Identity?.Serial,
            ["location"] = context.Site,
        },
    };

    /// <summary>The last number in the channel's name.</summary>
    private static int? IndexOf(Segment segment) =>
        int.TryParse(segment.Channel.Channel.Split('-', '.', '_')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
}
