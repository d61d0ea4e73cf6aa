using System.Text.Json;
using CellLab.Core.Records;
using CellLab.Messaging.Payloads;

namespace CellLab.Tests.Messaging.Payloads;

public sealed class RecordColumnsTests
{
    [Fact]
    public void Any_rows_read_back_bit_by_bit()
    {
        int seed = Environment.ProcessId;
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            RecordRow[] rows = [.. Enumerable.Range(1, random.Next(1, 30)).Select(sequence => TestRows.Random(random, TestRows.JobA, sequence))];
            IReadOnlyList<RecordRow> back = RecordsPayload.ReadJob(Bytes(rows));
            Assert.True(rows.SequenceEqual(back), $"seed {seed}, round {round}");
            Assert.True(rows.Zip(back).All(pair => SameBits(pair.First, pair.Second)), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Contiguous_rows_carry_no_sequence_column_and_others_do()
    {
        RecordRow[] contiguous = TestRows.Rows(TestRows.JobA, 7, 3);
        RecordRow[] withHole = [TestRows.Row(TestRows.JobA, 7), TestRows.Row(TestRows.JobA, 9)];

        using JsonDocument first = JsonDocument.Parse(Bytes(contiguous));
        using JsonDocument second = JsonDocument.Parse(Bytes(withHole));

        Assert.Equal(7, first.RootElement.GetProperty("first_seq").GetInt64());
        Assert.Equal(9, first.RootElement.GetProperty("last_seq").GetInt64());
        Assert.False(first.RootElement.TryGetProperty("seq", out _));
        Assert.Equal("[7,9]", second.RootElement.GetProperty("seq").GetRawText());
        Assert.Equal(withHole, RecordColumns.Read(second.RootElement));
    }

    [Fact]
    public void A_page_without_rows_is_a_page()
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            RecordColumns.Write(writer, TestRows.JobA, Streams.Cycler, []);
            writer.WriteEndObject();
        }

        using JsonDocument page = JsonDocument.Parse(buffer.Written);

        Assert.Equal(JsonValueKind.Null, page.RootElement.GetProperty("first_seq").ValueKind);
        Assert.Empty(RecordColumns.Read(page.RootElement));
    }

    [Fact]
    public void A_value_that_is_not_a_number_is_null()
    {
        RecordRow row = TestRows.Row(TestRows.JobA, 1);
        row = row with { Record = row.Record with { VoltageVolts = double.NaN, StepCapacityAmpereHours = double.PositiveInfinity } };

        using JsonDocument page = JsonDocument.Parse(Bytes([row]));
        RecordRow back = RecordColumns.Read(page.RootElement)[0];

        Assert.Equal("[null]", page.RootElement.GetProperty("voltage_v").GetRawText());
        Assert.True(double.IsNaN(back.Record.VoltageVolts));
        Assert.Null(back.Record.StepCapacityAmpereHours);
    }

    [Theory]
    [InlineData("\"voltage_v\":[2.5001,2.5002]", "\"voltage_v\":[2.5001]", "column 'voltage_v' has 1 values, 't_utc' has 2")]
    [InlineData("\"voltage_v\"", "\"volts\"", "member 'voltage_v' is missing")]
    [InlineData("\"voltage_v\":[2.5001,2.5002]", "\"voltage_v\":[2.5001,\"x\"]", "column 'voltage_v', row 1:")]
    [InlineData("\"cc_charge\",\"cc_charge\"", "\"cc_charge\",\"cc\"", "column 'step_kind', row 1: 'cc' is not a step kind; expected one of unknown, rest")]
    [InlineData("\"last_seq\":2", "\"last_seq\":3", "first_seq 1 and last_seq 3 without 'seq' ask for 3 rows, found 2")]
    [InlineData("\"stream\":\"cycler\"", "\"stream\":5", "member 'stream' must be of kind String, found Number")]
    [InlineData("celllab/records/1", "celllab/records/2", "expected a payload of schema 'celllab/records/1', found 'celllab/records/2'")]
    [InlineData("{\"schema\"", "{schema", "not valid JSON")]
    public void Damage_is_named_with_its_place(string part, string instead, string message)
    {
        string text = System.Text.Encoding.UTF8.GetString(Bytes(TestRows.Rows(TestRows.JobA, 1, 2)));
        Assert.Contains(part, text, StringComparison.Ordinal);

        PayloadException error = Assert.Throws<PayloadException>(
            () => RecordsPayload.ReadJob(System.Text.Encoding.UTF8.GetBytes(text.Replace(part, instead, StringComparison.Ordinal))));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_message_keeps_the_runs_of_its_jobs_apart()
    {
        RecordRow[] mixed = [TestRows.Row(TestRows.JobA, 5), TestRows.Row(TestRows.JobB, 1), TestRows.Row(TestRows.JobA, 6), TestRows.Row(TestRows.JobB, 2)];
        using var buffer = new PooledBuffer();

        RecordsPayload.WriteNode(buffer, "n1", RecordRuns.Split(mixed));
        IReadOnlyList<IReadOnlyList<RecordRow>> runs = RecordsPayload.ReadNode(buffer.Written);

        Assert.Equal(2, runs.Count);
        Assert.Equal([mixed[0], mixed[2]], runs[0]);
        Assert.Equal([mixed[1], mixed[3]], runs[1]);
    }

    private static bool SameBits(RecordRow a, RecordRow b) =>
        Bits(a.TestTimeSeconds) == Bits(b.TestTimeSeconds) && Bits(a.Record.VoltageVolts) == Bits(b.Record.VoltageVolts)
        && Bits(a.Record.CurrentAmperes) == Bits(b.Record.CurrentAmperes) && a.Record.TakenAtUtc.Ticks == b.Record.TakenAtUtc.Ticks;

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static byte[] Bytes(IReadOnlyList<RecordRow> rows)
    {
        using var buffer = new PooledBuffer(16);
        RecordsPayload.WriteJob(buffer, rows);
        return buffer.Written.ToArray();
    }
}
