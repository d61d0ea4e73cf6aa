using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>Rows of an instrument beside the cycler as columns: <c>t_utc</c>, <c>test_time_s</c>, <c>t_received_utc</c>, then one column for each
/// member of the stream's body. MQTT and REST share the shape (docs: reference/mqtt.md).</summary>
public static class CompanionColumns
{
    /// <summary>Writes the members into the object that the caller has opened, like <see cref="RecordColumns.Write"/>.</summary>
    public static void Write(Utf8JsonWriter writer, JobId job, string stream, IReadOnlyList<CompanionRow> rows)
    {
        writer.WriteString(RecordColumns.Job, job.Value);
        writer.WriteString(RecordColumns.Stream, stream);
        SequenceMembers.Write(writer, rows, static row => row.Sequence);
        Column(writer, RecordColumns.TakenAt, rows, static (writer, row) => UnixSeconds.Write(writer, row.TakenAtUtc));
        Column(writer, RecordColumns.TestTime, rows, WriteTestTime);
        Column(writer, RecordColumns.ReceivedAt, rows, static (writer, row) => UnixSeconds.Write(writer, row.ReceivedAtUtc));
        foreach (JsonPropertyInfo member in CompanionJson.Columns(stream))
        {
            Column(
                writer, JsonEncodedText.Encode(member.Name), rows,
                (writer, row) => JsonSerializer.Serialize(writer, member.Get!(row.Body), member.PropertyType, CompanionJson.Options));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, from an object that may have further members.</summary>
    /// <exception cref="PayloadException">A column is missing, has another length, or holds something else.</exception>
    public static IReadOnlyList<CompanionRow> Read(JsonElement page) => new CompanionColumnsReader(page).Read();

    private static void WriteTestTime(Utf8JsonWriter writer, CompanionRow row)
    {
        if (row.TestTimeSeconds is { } seconds)
        {
            writer.WriteNumberValue(seconds);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void Column(
        Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyList<CompanionRow> rows, Action<Utf8JsonWriter, CompanionRow> write)
    {
        writer.WriteStartArray(name);
        for (int row = 0; row < rows.Count; row++)
        {
            write(writer, rows[row]);
        }

        writer.WriteEndArray();
    }
}
