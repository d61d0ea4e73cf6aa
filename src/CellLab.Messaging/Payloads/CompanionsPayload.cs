using System.Buffers;
using System.Text.Json;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>Rows of instruments beside the cycler on the topics <c>job/{job}/records</c> (one schema for each stream) and
/// <c>node/{node}/companions</c>.</summary>
public static class CompanionsPayload
{
    public const string NodeSchema = "celllab/node-companions/1";

    public static string SchemaOf(string stream) => $"celllab/records-{stream}/1";

    /// <param name="rows">At least one row, all of one job and stream.</param>
    public static void WriteJob(IBufferWriter<byte> buffer, IReadOnlyList<CompanionRow> rows)
    {
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("schema"u8, SchemaOf(rows[0].Stream));
        CompanionColumns.Write(writer, rows[0].Job, rows[0].Stream, rows);
        writer.WriteEndObject();
    }

    public static void WriteNode(IBufferWriter<byte> buffer, string node, IEnumerable<IReadOnlyList<CompanionRow>> runs)
    {
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("schema"u8, NodeSchema);
        writer.WriteString("node"u8, node);
        writer.WriteStartArray("runs"u8);
        foreach (IReadOnlyList<CompanionRow> run in runs)
        {
            writer.WriteStartObject();
            CompanionColumns.Write(writer, run[0].Job, run[0].Stream, run);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <exception cref="PayloadException">The payload is not of this stream's schema.</exception>
    public static IReadOnlyList<CompanionRow> ReadJob(string stream, ReadOnlyMemory<byte> payload)
    {
        using JsonDocument document = PayloadJson.Parse(payload, SchemaOf(stream));
        return CompanionColumns.Read(document.RootElement);
    }

    /// <returns>The runs in the order of the message; each holds rows of one job and stream.</returns>
    /// <exception cref="PayloadException">The payload is not of this schema.</exception>
    public static IReadOnlyList<IReadOnlyList<CompanionRow>> ReadNode(ReadOnlyMemory<byte> payload)
    {
        using JsonDocument document = PayloadJson.Parse(payload, NodeSchema);
        if (!document.RootElement.TryGetProperty("runs"u8, out JsonElement runs) || runs.ValueKind != JsonValueKind.Array)
        {
            throw new PayloadException($"{NodeSchema}: expected an array 'runs'");
        }

        return [.. runs.EnumerateArray().Select(CompanionColumns.Read)];
    }
}
