using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CellLab.Core.Jobs;

namespace CellLab.Storage.Export;

/// <summary>Block <c>battinfo_test</c>.</summary>
internal sealed class SidecarTest(ExportContext context, ExportSubject subject)
{
    private readonly Job _job = subject.Job;

    public JsonObject Build() => new()
    {
        ["test"] = new JsonObject
        {
            ["id"] = _job.Id.Value,
            ["cell_id"] = _job.Sample,
            ["kind"] = "cycling",
            ["name"] = _job.ProtocolName,
            ["started_at"] = UnixTime.Of(_job.StartedAtUtc),
            ["ended_at"] = UnixTime.Of(_job.EndedAtUtc),
            ["status"] = Status(_job.State),
            ["protocol_id"] = ProtocolId(_job),
            ["protocol_name"] = _job.ProtocolName,
            ["equipment_id"] = subject.LastSegment?.Channel.Device.Value,
            ["channel_id"] = subject.LastSegment?.Channel.ToString(),
            ["instrument_name"] = context.DeviceOf(subject.LastSegment)?.Identity?.Model ?? context.InstrumentOf(subject.LastSegment),
            ["conformance"] = Conformance(),
            ["description"] = _job.StateReason,
        },
        ["provenance"] = new JsonObject
        {
            ["source_type"] = context.DeviceOf(subject.LastSegment)?.Simulated switch { true => "simulation", false => "measurement", null => "other" },
            ["workflow_version"] = context.SoftwareVersion,
        },
    };

    /// <summary>Hash of the protocol as it was submitted: the same text has the same id everywhere.</summary>
    public static string ProtocolId(Job job) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(job.ProtocolText)));

    private static string Status(JobState state) => state switch
    {
        JobState.Queued or JobState.Waiting => "planned",
        JobState.Completed => "completed",
        JobState.Failed or JobState.Cancelled => "aborted",
        _ => "running",
    };

    private JsonObject Conformance() => _job.Verdict switch
    {
        JobVerdict.Complete => new JsonObject { ["status"] = "conformant" },
        { } verdict => new JsonObject
        {
            ["status"] = "non-conformant",
            ["deviations"] = new JsonArray($"{verdict.ToText()}: {_job.StateReason}"),
        },
        null => new JsonObject { ["status"] = "unknown" },
    };
}
