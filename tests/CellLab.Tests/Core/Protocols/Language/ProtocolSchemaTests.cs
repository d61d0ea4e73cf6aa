using System.Text.Json.Nodes;
using CellLab.Core.Documents;
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
