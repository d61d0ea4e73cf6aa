using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>Turns one page of columns back into rows.</summary>
internal sealed class CompanionColumnsReader(JsonElement page)
{
    private readonly ColumnPage _page = new(page);

    public IReadOnlyList<CompanionRow> Read()
    {
        var job = new JobId(_page.Text(RecordColumns.Job));
        string stream = _page.Text(RecordColumns.Stream);
        if (!CompanionBodies.IsCompanion(stream))
        {
            throw new PayloadException($"records: stream '{stream}' is not known; expected {string.Join(", ", CompanionBodies.Streams)}");
        }

        long[] sequences = _page.Sequences();
        DateTimeOffset[] taken = _page.Column(RecordColumns.TakenAt, UnixSeconds.Read);
        DateTimeOffset[] received = _page.Column(RecordColumns.ReceivedAt, UnixSeconds.Read);
        double?[] testTimes = _page.Column(RecordColumns.TestTime, static value => value.ValueKind == JsonValueKind.Null ? null : (double?)value.GetDouble());
        CompanionBody[] bodies = Bodies(job, stream);
        return [.. sequences.Select((sequence, i) => new CompanionRow(job, stream, sequence, taken[i], received[i], testTimes[i], bodies[i]))];
    }

    private CompanionBody[] Bodies(JobId job, string stream)
    {
        (string Name, JsonElement[] Values)[] members =
        [
            .. CompanionJson.Columns(stream).Select(
                (JsonPropertyInfo member) => (member.Name, _page.Column(JsonEncodedText.Encode(member.Name), static value => value))),
        ];
        var bodies = new CompanionBody[_page.Count];
        for (int row = 0; row < bodies.Length; row++)
        {
            bodies[row] = Body(job, stream, members, row);
        }

        return bodies;
    }

    private static CompanionBody Body(JobId job, string stream, (string Name, JsonElement[] Values)[] members, int row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(CompanionJson.JobMember, job.Value); // bodies without that member pass it over
            foreach ((string name, JsonElement[] values) in members)
            {
                writer.WritePropertyName(name);
                values[row].WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        try
        {
            return CompanionJson.Read(stream, Encoding.UTF8.GetString(buffer.WrittenSpan));
        }
        catch (JsonException error)
        {
            throw new PayloadException(FormattableString.Invariant($"records: stream {stream}, row {row}: {error.Message}"), error);
        }
    }
}
