using System.Text;
using System.Text.Json;

namespace CellLab.Core.Documents;

/// <summary>Builds the tree of one JSON text by recursion; the depth is bounded by the reader.</summary>
internal sealed class JsonTreeBuilder(string fileName, LineMap lines)
{
    private readonly List<Finding> _errors = [];

    public IReadOnlyList<Finding> Errors => _errors;

    /// <exception cref="JsonException">The text is not one JSON value.</exception>
    public DocumentNode Build(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = JsonDocumentReader.MaxDepth });
        reader.Read();
        DocumentNode root = ReadValue(ref reader, "");
        reader.Read(); // throws when something follows the value
        return root;
    }

    private DocumentNode ReadValue(ref Utf8JsonReader reader, string path)
    {
        SourcePosition at = lines.At(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadMap(ref reader, path, at),
            JsonTokenType.StartArray => ReadList(ref reader, path, at),
            JsonTokenType.String => new ScalarNode(path, at, ScalarKind.Text, TextOf(ref reader)) { TextColumn = reader.ValueIsEscaped ? null : at.Column + 1 },
            JsonTokenType.Number => new ScalarNode(path, at, ScalarKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => new ScalarNode(path, at, ScalarKind.Boolean, "true"),
            JsonTokenType.False => new ScalarNode(path, at, ScalarKind.Boolean, "false"),
            _ => new ScalarNode(path, at, ScalarKind.Null, "null"),
        };
    }

    private MapNode ReadMap(ref Utf8JsonReader reader, string path, SourcePosition at)
    {
        var members = new List<MapMember>();
        var seen = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            SourcePosition nameAt = lines.At(reader.TokenStartIndex);
            string name = TextOf(ref reader);
            reader.Read();
            DocumentNode value = ReadValue(ref reader, path.Length == 0 ? name : $"{path}.{name}");
            if (seen.TryAdd(name, nameAt))
            {
                members.Add(new MapMember(name, nameAt, value));
            }
            else
            {
                _errors.Add(new Finding(fileName, nameAt.Line, nameAt.Column,
                    $"member '{name}' is given twice, first on line {seen[name].Line}", "keep one of them"));
            }
        }

        return new MapNode(path, at, members);
    }

    private ListNode ReadList(ref Utf8JsonReader reader, string path, SourcePosition at)
    {
        var items = new List<DocumentNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, $"{path}[{items.Count}]"));
        }

        return new ListNode(path, at, items);
    }

    /// <summary>The string with its escapes resolved; an escape that is half of a surrogate pair is broken JSON text.</summary>
    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException("a string holds a character that is not Unicode", broken);
        }
    }
}
