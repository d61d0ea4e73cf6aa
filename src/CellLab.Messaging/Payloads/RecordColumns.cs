using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>Rows of one job and stream as columns, the shape that MQTT and REST share (docs: reference/mqtt.md). Numbers are written so that
/// they read back bit by bit; a value that is not a number is null.</summary>
public static class RecordColumns
{
    internal static readonly JsonEncodedText Job = JsonEncodedText.Encode("job");
    internal static readonly JsonEncodedText Stream = JsonEncodedText.Encode("stream");
    internal static readonly JsonEncodedText FirstSequence = JsonEncodedText.Encode("first_seq");
    internal static readonly JsonEncodedText LastSequence = JsonEncodedText.Encode("last_seq");
    internal static readonly JsonEncodedText Sequence = JsonEncodedText.Encode("seq");
    internal static readonly JsonEncodedText TakenAt = JsonEncodedText.Encode("t_utc");
    internal static readonly JsonEncodedText TestTime = JsonEncodedText.Encode("test_time_s");
    internal static readonly JsonEncodedText Voltage = JsonEncodedText.Encode("voltage_v");
    internal static readonly JsonEncodedText Current = JsonEncodedText.Encode("current_a");
    internal static readonly JsonEncodedText StepCount = JsonEncodedText.Encode("step_count");
    internal static readonly JsonEncodedText CycleCount = JsonEncodedText.Encode("cycle_count");
    internal static readonly JsonEncodedText StepId = JsonEncodedText.Encode("step_id");
    internal static readonly JsonEncodedText Kind = JsonEncodedText.Encode("step_kind");
    internal static readonly JsonEncodedText StepTime = JsonEncodedText.Encode("step_time_s");
    internal static readonly JsonEncodedText StepCapacity = JsonEncodedText.Encode("step_capacity_ah");
    internal static readonly JsonEncodedText StepEnergy = JsonEncodedText.Encode("step_energy_wh");
    internal static readonly JsonEncodedText InstrumentCycle = JsonEncodedText.Encode("instrument_cycle");
    internal static readonly JsonEncodedText InstrumentSequence = JsonEncodedText.Encode("instrument_seq");
    internal static readonly JsonEncodedText Block = JsonEncodedText.Encode("block");
    internal static readonly JsonEncodedText Pass = JsonEncodedText.Encode("pass");
    internal static readonly JsonEncodedText Segment = JsonEncodedText.Encode("segment");
    internal static readonly JsonEncodedText SegmentTime = JsonEncodedText.Encode("segment_time_s");
    internal static readonly JsonEncodedText Provisional = JsonEncodedText.Encode("provisional");
    internal static readonly JsonEncodedText ReceivedAt = JsonEncodedText.Encode("t_received_utc");

    private static readonly (JsonEncodedText Name, Action<Utf8JsonWriter, RecordRow> Write)[] Columns =
    [
        (TakenAt, static (writer, row) => UnixSeconds.Write(writer, row.Record.TakenAtUtc)),
        (TestTime, static (writer, row) => Number(writer, row.TestTimeSeconds)),
        (Voltage, static (writer, row) => Number(writer, row.Record.VoltageVolts)),
        (Current, static (writer, row) => Number(writer, row.Record.CurrentAmperes)),
        (StepCount, static (writer, row) => writer.WriteNumberValue(row.Record.StepCount)),
        (CycleCount, static (writer, row) => writer.WriteNumberValue(row.Cycle)),
        (StepId, static (writer, row) => writer.WriteNumberValue(row.Record.StepId)),
        (Kind, static (writer, row) => writer.WriteStringValue(row.Record.Kind.ToText())),
        (StepTime, static (writer, row) => Number(writer, row.Record.StepTimeSeconds)),
        (StepCapacity, static (writer, row) => Number(writer, row.Record.StepCapacityAmpereHours)),
        (StepEnergy, static (writer, row) => Number(writer, row.Record.StepEnergyWattHours)),
        (InstrumentCycle, static (writer, row) => Number(writer, row.Record.InstrumentCycle)),
        (InstrumentSequence, static (writer, row) => writer.WriteNumberValue(row.Record.RecordNumber)),
        (Block, static (writer, row) => writer.WriteStringValue(row.Block)),
        (Pass, static (writer, row) => writer.WriteNumberValue(row.Pass)),
        (Segment, static (writer, row) => writer.WriteNumberValue(row.Segment)),
        (SegmentTime, static (writer, row) => Number(writer, row.Record.SegmentTimeSeconds)),
        (Provisional, static (writer, row) => writer.WriteBooleanValue(row.Record.Provisional)),
        (ReceivedAt, static (writer, row) => UnixSeconds.Write(writer, row.Record.ReceivedAtUtc)),
    ];

    /// <summary>Writes the members into the object that the caller has opened: job, stream, first_seq, last_seq, <c>seq</c> only where the
    /// rows are not contiguous, then one array for each column. Without rows first_seq and last_seq are null.</summary>
    public static void Write(Utf8JsonWriter writer, JobId job, string stream, IReadOnlyList<RecordRow> rows)
    {
        writer.WriteString(Job, job.Value);
        writer.WriteString(Stream, stream);
        SequenceMembers.Write(writer, rows, static row => row.Sequence);
        foreach ((JsonEncodedText name, Action<Utf8JsonWriter, RecordRow> write) in Columns)
        {
            writer.WriteStartArray(name);
            for (int row = 0; row < rows.Count; row++)
            {
                write(writer, rows[row]);
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, from an object that may have further members.</summary>
    /// <exception cref="PayloadException">A column is missing, has another length, or holds something else.</exception>
    public static IReadOnlyList<RecordRow> Read(JsonElement page) => new RecordColumnsReader(page).Read();

    private static void Number(Utf8JsonWriter writer, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void Number(Utf8JsonWriter writer, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
