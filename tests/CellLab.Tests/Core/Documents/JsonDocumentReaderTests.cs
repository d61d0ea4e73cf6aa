using CellLab.Core.Documents;

namespace CellLab.Tests.Core.Documents;

public sealed class JsonDocumentReaderTests
{
    [Fact]
    public void Every_value_knows_its_path_line_and_column()
    {
        DocumentReading reading = JsonDocumentReader.Read("a.json", "{\n  \"µ\": \"Ä\", \"b\": [1.50, {\"c\": null}],\n  \"d\": true\n}");
        Assert.Empty(reading.Errors);
        MapNode root = Assert.IsType<MapNode>(reading.Root);
        Assert.Equal([("µ", 2, 3), ("b", 2, 13), ("d", 3, 3)], root.Members.Select(m => (m.Name, m.At.Line, m.At.Column)));
        ListNode list = Assert.IsType<ListNode>(root.Find("b")!.Value);
        Assert.Equal(new ScalarNode("b[0]", new SourcePosition(2, 19), ScalarKind.Number, "1.50"), list.Items[0]);
        Assert.Equal(
            new ScalarNode("b[1].c", new SourcePosition(2, 31), ScalarKind.Null, "null"), Assert.IsType<MapNode>(list.Items[1]).Members[0].Value);
        Assert.Equal(new ScalarNode("d", new SourcePosition(3, 8), ScalarKind.Boolean, "true"), root.Find("d")!.Value);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        DocumentReading reading = JsonDocumentReader.Read("a.json", "\uFEFF{}");
        Assert.Equal(new SourcePosition(1, 1), reading.Root!.At);
    }

    [Fact]
    public void A_member_given_twice_is_refused_at_any_depth()
    {
        DocumentReading reading = JsonDocumentReader.Read("a.json", "{\"a\": [\n{\"b\": 1,\n\"b\": 2}]}");
        Assert.Equal("a.json:3:1: member 'b' is given twice, first on line 2 (keep one of them)", Assert.Single(reading.Errors).ToString());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{", 1)]
    [InlineData("{} {}", 1)]
    [InlineData("{\"a\": 01}", 1)]
    [InlineData("{\"a\": NaN}", 1)]
    [InlineData("{\n\"a\": 1,\n}", 3)]
    [InlineData("{\n// note\n\"a\": 1}", 2)]
    [InlineData("{\"a\": \"\\ud800\"}", 1)]
    public void Broken_text_is_one_error_with_its_line(string text, int line)
    {
        DocumentReading reading = JsonDocumentReader.Read("a.json", text);
        Assert.Null(reading.Root);
        Finding error = Assert.Single(reading.Errors);
        Assert.Equal(line, error.Line);
        Assert.StartsWith("this is not JSON: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        string deep = new string('[', JsonDocumentReader.MaxDepth + 1) + new string(']', JsonDocumentReader.MaxDepth + 1);
        Assert.StartsWith("this is not JSON", Assert.Single(JsonDocumentReader.Read("a.json", deep).Errors).Message, StringComparison.Ordinal);
        string large = "\"" + new string('x', JsonDocumentReader.MaxBytes) + "\"";
        Assert.Contains("more than the 4194304 allowed", Assert.Single(JsonDocumentReader.Read("a.json", large).Errors).Message, StringComparison.Ordinal);
    }
}
