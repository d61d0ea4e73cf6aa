using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Records;

namespace CellLab.Messaging.Payloads;

/// <summary>Turns one page of columns back into rows.</summary>
internal sealed class RecordColumnsReader(JsonElement page)
{
    private int _count;

    public IReadOnlyList<RecordRow> Read()
    {
        if (page.ValueKind != JsonValueKind.Object)
        {
            throw new PayloadException($"records: expected an object, found {page.ValueKind}");
        }

        var job = new JobId(Text(RecordColumns.Job));
        string stream = Text(RecordColumns.Stream);
        _count = Member(RecordColumns.TakenAt, JsonValueKind.Array).GetArrayLength();
        long[] sequences = Sequences();
        InstrumentRecord[] records = Records();
        double[] testTimes = Doubles(RecordColumns.TestTime);
        int[] segments = Column(RecordColumns.Segment, static value => value.GetInt32());
        int[] cycles = Column(RecordColumns.CycleCount, static value => value.GetInt32());
        string[] blocks = Column(RecordColumns.Block, static value => value.GetString() ?? throw new FormatException("found null"));
        int[] passes = Column(RecordColumns.Pass, static value => value.GetInt32());
        var rows = new RecordRow[_count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new RecordRow(job, stream, sequences[i], segments[i], testTimes[i], cycles[i], blocks[i], passes[i], records[i]);
        }

        return rows;
    }

    private InstrumentRecord[] Records()
    {
        long[] numbers = Column(RecordColumns.InstrumentSequence, static value => value.GetInt64());
        int[] stepCounts = Column(RecordColumns.StepCount, static value => value.GetInt32());
        int[] stepIds = Column(RecordColumns.StepId, static value => value.GetInt32());
        StepKind[] kinds = Column(RecordColumns.Kind, static value => StepKindText.Parse(value.GetString() ?? "null"));
        double[] stepTimes = Doubles(RecordColumns.StepTime);
        double[] segmentTimes = Doubles(RecordColumns.SegmentTime);
        bool[] provisional = Column(RecordColumns.Provisional, static value => value.GetBoolean());
        DateTimeOffset[] taken = Column(RecordColumns.TakenAt, UnixSeconds.Read);
        DateTimeOffset[] received = Column(RecordColumns.ReceivedAt, UnixSeconds.Read);
        double[] voltages = Doubles(RecordColumns.Voltage);
        double[] currents = Doubles(RecordColumns.Current);
        double?[] capacities = Column(RecordColumns.StepCapacity, NumberOrNull);
        double?[] energies = Column(RecordColumns.StepEnergy, NumberOrNull);
        int?[] instrumentCycles = Column<int?>(
            RecordColumns.InstrumentCycle, static value => value.ValueKind == JsonValueKind.Null ? null : value.GetInt32());
        var records = new InstrumentRecord[_count];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = new InstrumentRecord(
                numbers[i], stepCounts[i], stepIds[i], kinds[i], stepTimes[i], segmentTimes[i], provisional[i], taken[i], received[i],
                voltages[i], currents[i], capacities[i], energies[i], instrumentCycles[i]);
        }

        return records;
    }

    private long[] Sequences()
    {
        if (page.TryGetProperty(RecordColumns.Sequence.EncodedUtf8Bytes, out _))
        {
            return Column(RecordColumns.Sequence, static value => value.GetInt64());
        }

        if (_count == 0)
        {
            return [];
        }

        long first = Integer(RecordColumns.FirstSequence);
        long last = Integer(RecordColumns.LastSequence);
        if (last - first + 1 != _count)
        {
            throw new PayloadException(FormattableString.Invariant(
                $"records: first_seq {first} and last_seq {last} without 'seq' ask for {last - first + 1} rows, found {_count}"));
        }

        var sequences = new long[_count];
        for (int i = 0; i < sequences.Length; i++)
        {
            sequences[i] = first + i;
        }

        return sequences;
    }

    private double[] Doubles(JsonEncodedText name) => Column(name, static value => NumberOrNull(value) ?? double.NaN);

    private static double? NumberOrNull(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    private T[] Column<T>(JsonEncodedText name, Func<JsonElement, T> read)
    {
        JsonElement column = Member(name, JsonValueKind.Array);
        if (column.GetArrayLength() != _count)
        {
            throw new PayloadException(FormattableString.Invariant(
                $"records: column '{name.Value}' has {column.GetArrayLength()} values, 't_utc' has {_count}"));
        }

        var values = new T[_count];
        int row = 0;
        try
        {
            foreach (JsonElement value in column.EnumerateArray())
            {
                values[row] = read(value);
                row++;
            }
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            throw new PayloadException(FormattableString.Invariant($"records: column '{name.Value}', row {row}: {error.Message}"), error);
        }

        return values;
    }

    private string Text(JsonEncodedText name) => Member(name, JsonValueKind.String).GetString()!;

    private long Integer(JsonEncodedText name) => Member(name, JsonValueKind.Number).TryGetInt64(out long value)
        ? value
        : throw new PayloadException($"records: member '{name.Value}' is not a whole number");

    private JsonElement Member(JsonEncodedText name, JsonValueKind kind)
    {
        if (!page.TryGetProperty(name.EncodedUtf8Bytes, out JsonElement member))
        {
            throw new PayloadException($"records: member '{name.Value}' is missing");
        }

        return member.ValueKind == kind
            ? member
            : throw new PayloadException($"records: member '{name.Value}' must be of kind {kind}, found {member.ValueKind}");
    }
}
