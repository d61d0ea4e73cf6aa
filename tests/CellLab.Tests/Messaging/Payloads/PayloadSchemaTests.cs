using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Messaging.Payloads;
using CellLab.Tests.Core;
using CellLab.Tests.Storage;
using NJsonSchema;

namespace CellLab.Tests.Messaging.Payloads;

/// <summary>What is written fits the schema files, and so does what the documentation shows.</summary>
public sealed partial class PayloadSchemaTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, 125, TimeSpan.Zero);

    public static TheoryData<string, string> Payloads
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (byte[] payload in Examples())
            {
                string text = Encoding.UTF8.GetString(payload);
                data.Add(SchemaOf(text), text);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task A_payload_fits_its_schema_and_names_it(string schema, string payload)
    {
        JsonSchema rules = await LoadAsync(schema);

        Assert.Empty(rules.Validate(payload).Select(error => error.ToString()));
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task A_schema_notices_every_missing_member(string schema, string payload)
    {
        JsonSchema rules = await LoadAsync(schema);
        using JsonDocument document = JsonDocument.Parse(payload);

        foreach (string member in rules.RequiredProperties)
        {
            string without = "{" + string.Join(",", document.RootElement.EnumerateObject().Where(p => p.Name != member).Select(p => p.ToString())) + "}";
            Assert.NotEmpty(rules.Validate(without));
        }

        Assert.True(rules.RequiredProperties.Count > 2);
    }

    [Fact]
    public void Every_schema_file_has_a_payload_that_was_tried()
    {
        IEnumerable<string> files = Directory.GetFiles(RepositoryFiles.PathOf("config", "schemas", "mqtt")).Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.Equal(files.Order(), Examples().Select(payload => SchemaOf(Encoding.UTF8.GetString(payload)).Split('/')[1]).Distinct().Order());
    }

    [Fact]
    public async Task The_examples_of_the_documentation_fit_their_schemas()
    {
        string page = RepositoryFiles.Text("docs", "reference", "mqtt.md");
        string[] examples = [.. JsonBlock().Matches(page).Select(match => match.Groups[1].Value)];

        Assert.True(examples.Length >= 6);
        foreach (string example in examples)
        {
            JsonSchema rules = await LoadAsync(SchemaOf(example));
            Assert.Empty(rules.Validate(example).Select(error => error.ToString()));
        }
    }

    [Fact]
    public void Payloads_read_back_as_they_were_written()
    {
        AlarmPayload alarm = AlarmPayload.Of(Alarm());
        EventPayload happened = EventPayload.Of(Event());

        Assert.Equal(alarm, PayloadJson.Read<AlarmPayload>(PayloadJson.Write(alarm)));
        EventPayload back = PayloadJson.Read<EventPayload>(PayloadJson.Write(happened));
        Assert.Equal(happened with { Data = null }, back with { Data = null });
        Assert.Equal("{\"volts\":4.9}", back.Data!.Value.GetRawText());
    }

    [Theory]
    [InlineData("{\"schema\":\"celllab/alarm/1\"}", "celllab/alarm/1:")]
    [InlineData("{\"schema\":\"celllab/event/1\"}", "expected a payload of schema 'celllab/alarm/1', found 'celllab/event/1'")]
    [InlineData("[]", "expected a payload of schema 'celllab/alarm/1', found 'none'")]
    [InlineData("", "not valid JSON")]
    public void A_payload_that_is_not_what_was_expected_is_refused_with_the_reason(string text, string message)
    {
        PayloadException error = Assert.Throws<PayloadException>(() => PayloadJson.Read<AlarmPayload>(Encoding.UTF8.GetBytes(text)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<byte[]> Examples()
    {
        using var job = new PooledBuffer();
        RecordsPayload.WriteJob(job, TestRows.Rows(TestRows.JobA, 5, 3));
        using var node = new PooledBuffer();
        RecordsPayload.WriteNode(node, "n1", RecordRuns.Split([TestRows.Row(TestRows.JobA, 1), TestRows.Row(TestRows.JobB, 1)]));
        using var ions = new PooledBuffer();
        CompanionsPayload.WriteJob(ions, CompanionRows.Ions(TestRows.JobA, 1, 3));
        using var spectrum = new PooledBuffer();
        CompanionsPayload.WriteJob(spectrum, CompanionRows.Spectra(TestRows.JobA, 9, 3));
        using var pattern = new PooledBuffer();
        CompanionsPayload.WriteJob(pattern, [CompanionRows.Pattern(TestRows.JobA, 1)]);
        using var companions = new PooledBuffer();
        CompanionsPayload.WriteNode(companions, "n1", [CompanionRows.Ions(TestRows.JobA, 1, 3), CompanionRows.Spectra(TestRows.JobB, 1, 1)]);
        var channel = new ChannelStatus(ChannelAddress.Parse("cycler1.27-1-1"), ChannelState.Running, "working", At, VoltageVolts: 3.2, TestId: "9");
        return
        [
            job.Written.ToArray(),
            node.Written.ToArray(),
            ions.Written.ToArray(),
            spectrum.Written.ToArray(),
            pattern.Written.ToArray(),
            companions.Written.ToArray(),
            PayloadJson.Write(NodeStatusPayload.Online("n1", 3, "0.1.0", CellLab.Core.Time.Clocks.RealTime)),
            PayloadJson.Write(NodeStatusPayload.Offline("n1")),
            PayloadJson.Write(DeviceStatePayload.Of(new DeviceId("cycler1"), "Neware", true, DeviceState.Online, new DeviceIdentity("CT", null, null), null)),
            PayloadJson.Write(ChannelStatePayload.Of(channel, TestRows.JobA, null)),
            PayloadJson.Write(new JobStatePayload("a", "s", "p", "rate-map", "Completed", "", "complete with gaps", At, At, At)),
            PayloadJson.Write(new JobStatePayload("a", "s", "p", "rate-map", "Queued", "queued behind b", null, At, null, null) { NotBeforeUtc = At, QueuedBehind = "b" }),
            PayloadJson.Write(new JobProgressPayload("a", 9, 1, "main", 1, 2, 2, 3.5, 3.2, double.NaN, At, 5000)),
            PayloadJson.Write(LivePayload.Of(TestRows.Row(TestRows.JobA, 1))),
            PayloadJson.Write(new CyclePayload("a", 1, "main", 1, 0.1, 300, null, null, null, 4.2, null, false)),
            PayloadJson.Write(new AnalysisPayload("a", "eis", 1, JsonElement.Parse("""{"method":"eis-1","label":"before"}"""))),
            PayloadJson.Write(EventPayload.Of(Event())),
            PayloadJson.Write(AlarmPayload.Of(Alarm())),
        ];
    }

    private static Alarm Alarm() => new("limit-1", AlarmSeverity.Critical, "over 4.9 V", TestRows.JobA, "cycler1", At, Active: true);

    private static JobEvent Event() => new(17, At, At, TestRows.JobA, null, "limit", "over 4.9 V", "{\"volts\":4.9}");

    private static string SchemaOf(string payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload);
        return document.RootElement.GetProperty("schema").GetString()!;
    }

    private static Task<JsonSchema> LoadAsync(string schema) =>
        JsonSchema.FromFileAsync(RepositoryFiles.PathOf("config", "schemas", "mqtt", schema.Split('/')[1] + ".json"));

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
