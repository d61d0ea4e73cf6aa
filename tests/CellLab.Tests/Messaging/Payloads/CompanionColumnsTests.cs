using System.Text;
using System.Text.Json;
using CellLab.Core.Records;
using CellLab.Messaging.Payloads;
using CellLab.Tests.Storage;

namespace CellLab.Tests.Messaging.Payloads;

public sealed class CompanionColumnsTests
{
    [Fact]
    public void Any_numbers_read_back_bit_by_bit()
    {
        int seed = Environment.ProcessId;
        var random = new Random(seed);
        for (int round = 0; round < 100; round++)
        {
            CompanionRow[] rows = [.. Enumerable.Range(1, random.Next(1, 20)).Select(sequence => CompanionRows.Ion(TestRows.JobA, sequence) with
            {
                TestTimeSeconds = random.Next(5) == 0 ? null : Double(random),
                Body = new IonBody("run \"ü\"", random.NextInt64(), Double(random), Double(random), ""),
            })];

            IReadOnlyList<CompanionRow> back = CompanionsPayload.ReadJob(Streams.MassSpectrometer, Bytes(rows));

            Assert.True(rows.SequenceEqual(back), $"seed {seed}, round {round}");
            Assert.True(rows.Zip(back).All(pair => Bits(pair.First) == Bits(pair.Second)), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Missing_values_are_null_and_come_back_as_missing()
    {
        CompanionRow row = CompanionRows.Impedance(TestRows.JobA, 11);

        using JsonDocument page = JsonDocument.Parse(Bytes([row]));

        Assert.Equal("[null]", page.RootElement.GetProperty("re_ohm").GetRawText());
        Assert.Equal([row], CompanionColumns.Read(page.RootElement));
    }

    [Fact]
    public void A_pattern_comes_back_with_its_states_and_its_job()
    {
        CompanionRow row = CompanionRows.Pattern(TestRows.JobA, 1);

        using JsonDocument page = JsonDocument.Parse(Bytes([row]));

        Assert.Equal("\"aaaaaaaaaaaa\"", page.RootElement.GetProperty("job").GetRawText());
        Assert.Equivalent(row, Assert.Single(CompanionColumns.Read(page.RootElement)), strict: true);
    }

    [Fact]
    public void The_columns_of_every_stream_are_those_of_its_schema_file()
    {
        foreach (string stream in CompanionBodies.Streams)
        {
            using JsonDocument schema = JsonDocument.Parse(Core.RepositoryFiles.Text("config", "schemas", "mqtt", $"records-{stream}.json"));
            string[] general = ["schema", "job", "stream", "first_seq", "last_seq", "seq", "t_utc", "test_time_s", "t_received_utc"];

            Assert.Equal(
                [.. general, .. CompanionJson.Columns(stream).Select(member => member.Name)],
                schema.RootElement.GetProperty("properties").EnumerateObject().Select(member => member.Name));
        }
    }

    [Theory]
    [InlineData("\"mz\":[29,30]", "\"mz\":[29]", "column 'mz' has 1 values, 't_utc' has 2")]
    [InlineData("\"mz\"", "\"m/z\"", "member 'mz' is missing")]
    [InlineData("\"mz\":[29,30]", "\"mz\":[29,\"x\"]", "stream ms, row 1:")]
    [InlineData("\"mz\":[29,30]", "\"mz\":[29,null]", "stream ms, row 1:")]
    [InlineData("\"stream\":\"ms\"", "\"stream\":\"cycler\"", "stream 'cycler' is not known; expected ms")]
    [InlineData("records-ms/1", "records-ms/2", "expected a payload of schema 'celllab/records-ms/1', found 'celllab/records-ms/2'")]
    public void Damage_is_named_with_its_place(string part, string instead, string message)
    {
        string text = Encoding.UTF8.GetString(Bytes(CompanionRows.Ions(TestRows.JobA, 1, 2)));
        Assert.Contains(part, text, StringComparison.Ordinal);

        PayloadException error = Assert.Throws<PayloadException>(
            () => CompanionsPayload.ReadJob(Streams.MassSpectrometer, Encoding.UTF8.GetBytes(text.Replace(part, instead, StringComparison.Ordinal))));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static (long, long, long) Bits(CompanionRow row) => (
        BitConverter.DoubleToInt64Bits(row.TestTimeSeconds ?? double.NaN), BitConverter.DoubleToInt64Bits(((IonBody)row.Body).MassToCharge),
        BitConverter.DoubleToInt64Bits(((IonBody)row.Body).IonCurrentAmperes));

    private static double Double(Random random)
    {
        double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        return double.IsFinite(value) ? value : -0.0;
    }

    private static byte[] Bytes(IReadOnlyList<CompanionRow> rows)
    {
        using var buffer = new PooledBuffer(16);
        CompanionsPayload.WriteJob(buffer, rows);
        return buffer.Written.ToArray();
    }
}
