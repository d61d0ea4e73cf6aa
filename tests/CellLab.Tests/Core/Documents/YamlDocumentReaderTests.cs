using CellLab.Core.Documents;

namespace CellLab.Tests.Core.Documents;

public sealed class YamlDocumentReaderTests
{
    [Fact]
    public void Maps_lists_and_scalars_keep_path_line_and_column()
    {
        var root = (MapNode)Read("a: 1\nb:\n  - x y\n  - {c: \"2\"}\n");
        Assert.Equal(["a", "b"], root.Members.Select(member => member.Name));
        Assert.Equal(new ScalarNode("a", new SourcePosition(1, 4), ScalarKind.Number, "1") { TextColumn = 4 }, root.Find("a")!.Value);
        var list = (ListNode)root.Find("b")!.Value;
        Assert.Equal(new ScalarNode("b[0]", new SourcePosition(3, 5), ScalarKind.Text, "x y") { TextColumn = 5 }, list.Items[0]);
        Assert.Equal(new ScalarNode("b[1].c", new SourcePosition(4, 9), ScalarKind.Text, "2") { TextColumn = 10 }, ((MapNode)list.Items[1]).Find("c")!.Value);
    }

    [Theory]
    [InlineData("1.5e3", ScalarKind.Number)]
    [InlineData("-2", ScalarKind.Number)]
    [InlineData(".5", ScalarKind.Number)]
    [InlineData("'1'", ScalarKind.Text)]
    [InlineData("0x10", ScalarKind.Text)]
    [InlineData("no", ScalarKind.Text)]
    [InlineData("on", ScalarKind.Text)]
    [InlineData("true", ScalarKind.Boolean)]
    [InlineData("~", ScalarKind.Null)]
    [InlineData("", ScalarKind.Null)]
    public void A_plain_value_has_the_kind_of_the_core_schema(string written, ScalarKind kind) =>
        Assert.Equal(kind, ((ScalarNode)((MapNode)Read($"a: {written}\n")).Find("a")!.Value).Kind);

    [Fact]
    public void The_same_content_in_JSON_and_YAML_gives_the_same_values()
    {
        DocumentNode yaml = Read("{\"a\": [1, \"b\", null, true], \"c\": {\"d\": \"e\"}}");
        DocumentNode json = JsonDocumentReader.Read("t.json", "{\"a\": [1, \"b\", null, true], \"c\": {\"d\": \"e\"}}").Root!;
        Assert.Equal(Flat(json), Flat(yaml));
    }

    [Fact]
    public void Nesting_beyond_the_bound_is_refused_at_its_place()
    {
        DocumentReading reading = YamlDocumentReader.Read("t.yaml", new string('[', 5000));
        Assert.Null(reading.Root);
        Assert.Equal((1, JsonDocumentReader.MaxDepth + 1), (reading.Errors[0].Line, reading.Errors[0].Column));
        Assert.Contains("nested more than 32 deep", reading.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_the_bound_is_refused()
    {
        DocumentReading reading = YamlDocumentReader.Read("t.yaml", new string('a', JsonDocumentReader.MaxBytes + 1));
        Assert.Contains("larger than", Assert.Single(reading.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", "a: 1", false)]
    [InlineData("a.yml", "{\"a\": 1}", true)]
    [InlineData("protocol", "  {\"a\": 1}", true)]
    [InlineData("protocol", "a: 1", true)]
    public void Extension_then_content_decide_the_notation(string file, string text, bool readable) =>
        Assert.Equal(readable, DocumentReader.Read(file, text).Root is MapNode);

    private static DocumentNode Read(string text)
    {
        DocumentReading reading = YamlDocumentReader.Read("t.yaml", text);
        Assert.Empty(reading.Errors);
        return reading.Root!;
    }

    private static string Flat(DocumentNode node) => node switch
    {
        MapNode map => $"{map.Path}{{{string.Join(",", map.Members.Select(member => member.Name + Flat(member.Value)))}}}",
        ListNode list => $"{list.Path}[{string.Join(",", list.Items.Select(Flat))}]",
        ScalarNode scalar => $"{scalar.Path}={scalar.Kind}:{(scalar.Kind == ScalarKind.Null ? "" : scalar.Text)}",
        _ => "",
    };
}
