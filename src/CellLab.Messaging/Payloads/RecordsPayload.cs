using System.Buffers;
using System.Text.Json;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>The payloads of the two <c>records</c> topics.</summary>
public static class RecordsPayload
{
    public const string JobSchema = "celllab/records/1";
    public const string NodeSchema = "celllab/node-records/1";

    /// <param name="rows">At least one row, all of one job and stream.</param>
    public static void WriteJob(IBufferWriter<byte> buffer, IReadOnlyList<RecordRow> rows)
    {
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("schema"u8, JobSchema);
        RecordColumns.Write(writer, rows[0].Job, rows[0].Stream, rows);
        writer.WriteEndObject();
    }

    public static void WriteNode(IBufferWriter<byte> buffer, string node, IEnumerable<IReadOnlyList<RecordRow>> runs)
    {
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("schema"u8, NodeSchema);
        writer.WriteString("node"u8, node);
        writer.WriteStartArray("runs"u8);
        foreach (IReadOnlyList<RecordRow> run in runs)
        {
            writer.WriteStartObject();
            RecordColumns.Write(writer, run[0].Job, run[0].Stream, run);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <exception cref="PayloadException">The payload is not of this schema.</exception>
    public static IReadOnlyList<RecordRow> ReadJob(ReadOnlyMemory<byte> payload)
    {
        using JsonDocument document = PayloadJson.Parse(payload, JobSchema);
        return RecordColumns.Read(document.RootElement);
    }

    /// <returns>The runs in the order of the message; each holds rows of one job and stream.</returns>
    /// <exception cref="PayloadException">The payload is not of this schema.</exception>
    public static IReadOnlyList<IReadOnlyList<RecordRow>> ReadNode(ReadOnlyMemory<byte> payload)
    {
        using JsonDocument document = PayloadJson.Parse(payload, NodeSchema);
        if (!document.RootElement.TryGetProperty("runs"u8, out JsonElement runs) || runs.ValueKind != JsonValueKind.Array)
        {
            throw new PayloadException($"{NodeSchema}: expected an array 'runs'");
        }

        return [.. runs.EnumerateArray().Select(RecordColumns.Read)];
    }
}
