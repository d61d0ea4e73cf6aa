using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CellLab.Core.Documents;

/// <summary>Builds the tree of one YAML document from the parser's events; the depth is bounded as for JSON.</summary>
internal sealed class YamlTreeBuilder(string fileName, Parser parser)
{
    private readonly List<Finding> _errors = [];
    private int _depth;

    public IReadOnlyList<Finding> Errors => _errors;

    /// <summary>The end of what was read so far.</summary>
    public SourcePosition LastPlace => parser.Current is { } last ? PlaceOf(last.End) : new SourcePosition(1, 1);

    /// <exception cref="YamlException">The text is not YAML.</exception>
    /// <exception cref="YamlTreeException">It holds what is not allowed here.</exception>
    public DocumentNode Build()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            throw new YamlTreeException(new SourcePosition(1, 1), "the file is empty", "write the members of the document, one a line");
        }

        parser.Consume<DocumentStart>();
        DocumentNode root = ReadValue("");
        parser.Consume<DocumentEnd>();
        return parser.Accept<DocumentStart>(out DocumentStart? second)
            ? throw new YamlTreeException(PlaceOf(second.Start), "a second document begins here ('---')", "keep one document in a file")
            : root;
    }

    public static SourcePosition PlaceOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private DocumentNode ReadValue(string path)
    {
        ParsingEvent next = parser.Consume<ParsingEvent>();
        SourcePosition at = PlaceOf(next.Start);
        RefuseExtras(next, at);
        if (++_depth > JsonDocumentReader.MaxDepth)
        {
            throw new YamlTreeException(at, $"the document is nested more than {JsonDocumentReader.MaxDepth} deep");
        }

        DocumentNode node = next switch
        {
            MappingStart => ReadMap(path, at),
            SequenceStart => ReadList(path, at),
            Scalar scalar => new ScalarNode(path, at, KindOf(scalar), scalar.Value) { TextColumn = TextColumn(scalar, at) },
            _ => throw new YamlTreeException(at, $"a value was expected, found {next.GetType().Name}"),
        };
        _depth--;
        return node;
    }

    private static void RefuseExtras(ParsingEvent next, SourcePosition at)
    {
        if (next is AnchorAlias alias)
        {
            throw new YamlTreeException(at, $"the alias '*{alias.Value}' is not allowed", "write the value itself, or use blocks and parameters");
        }

        if (next is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            throw new YamlTreeException(at, $"the anchor '&{anchored.Anchor.Value}' is not allowed", "use blocks and parameters instead");
        }

        if (next is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw new YamlTreeException(at, $"the tag '{tagged.Tag.Value}' is not allowed", "put a text that begins with ! in quotes");
        }
    }

    private MapNode ReadMap(string path, SourcePosition at)
    {
        var members = new List<MapMember>();
        var seen = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            ParsingEvent key = parser.Consume<ParsingEvent>();
            SourcePosition nameAt = PlaceOf(key.Start);
            RefuseExtras(key, nameAt);
            if (key is not Scalar { Value: var name })
            {
                throw new YamlTreeException(nameAt, "a member's name must be a text");
            }

            DocumentNode value = ReadValue(path.Length == 0 ? name : $"{path}.{name}");
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

    private ListNode ReadList(string path, SourcePosition at)
    {
        var items = new List<DocumentNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadValue($"{path}[{items.Count}]"));
        }

        return new ListNode(path, at, items);
    }

    /// <summary>Null for a text over several lines or with escapes.</summary>
    private static int? TextColumn(Scalar scalar, SourcePosition at) => scalar.Start.Line != scalar.End.Line ? null : scalar.Style switch
    {
        ScalarStyle.Plain => at.Column,
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted when scalar.End.Column - scalar.Start.Column == scalar.Value.Length + 2 => at.Column + 1,
        _ => null,
    };

    private static ScalarKind KindOf(Scalar scalar) => scalar.Style == ScalarStyle.Plain ? PlainScalar.KindOf(scalar.Value) : ScalarKind.Text;
}
