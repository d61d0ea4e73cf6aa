using System.Text.Json.Nodes;
using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Core.Triggers.Rules;
using NJsonSchema;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>The schema that editors use accepts what the reader accepts, and catches what it can of the rest.</summary>
public sealed class ProtocolSchemaTests
{
    private static readonly string Schema = RepositoryFiles.Text("config", "schemas", "protocol.schema.json");

    public static TheoryData<string> Good => [.. LanguageFiles.Names("Good").Where(file => file != "unicycler.yaml")];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task The_schema_accepts_every_good_file(string file) => Assert.Empty(await ErrorsAsync(LanguageFiles.Text("Good", file), file));

    [Theory]
    [MemberData(nameof(LanguageFileTests.Shipped), MemberType = typeof(LanguageFileTests))]
    public async Task The_schema_accepts_every_shipped_file(string file) =>
        Assert.Empty(await ErrorsAsync(RepositoryFiles.Text("config", "protocols", file), file));

    [Theory]
    [InlineData("version-2.yaml")]
    [InlineData("root-member-misspelt.yaml")]
    [InlineData("no-method.yaml")]
    [InlineData("empty-method.yaml")]
    [InlineData("a-number.yaml")]
    [InlineData("step-misspelt.yaml")]
    [InlineData("repeat-without-steps.yaml")]
    [InlineData("exit-misspelt.yaml")]
    [InlineData("parameter-is-a-list.yaml")]
    public async Task The_schema_refuses_what_has_the_wrong_shape(string file) => Assert.NotEmpty(await ErrorsAsync(LanguageFiles.Text("Bad", file), file));

    [Fact]
    public async Task The_schema_knows_every_member_of_a_trigger_and_takes_its_directions()
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(Schema);
        Assert.Superset(TriggerMemberNames.All.Select(member => member.Name).ToHashSet(), schema.Definitions["step"].Properties.Keys.ToHashSet());
        const string text = "celllab_protocol: 1\nmethod:\n  - {step: trigger, target: xrd, voltage_V: [3.8, 4.2], direction: up, when_missed: queue_all}\n  - Charge at 0.1C until 4.8 V\n";
        Assert.Empty(ProtocolReader.Read("t.yaml", text).Errors);
        Assert.Empty(await ErrorsAsync(text, "t.yaml"));
    }

    private static async Task<IEnumerable<object>> ErrorsAsync(string text, string file)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(Schema);
        return schema.Validate(Json(DocumentReader.Read(file, text).Root!)!.ToJsonString());
    }

    private static JsonNode? Json(DocumentNode node) => node switch
    {
        MapNode map => new JsonObject(map.Members.Select(member => KeyValuePair.Create(member.Name, Json(member.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Json)]),
        ScalarNode { Kind: ScalarKind.Null } => null,
        ScalarNode { Kind: ScalarKind.Text } text => JsonValue.Create(text.Text),
        ScalarNode scalar => JsonNode.Parse(scalar.Text),
        _ => throw new ArgumentException("no such node", nameof(node)),
    };
}
