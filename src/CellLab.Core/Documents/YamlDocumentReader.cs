using System.Text;
using YamlDotNet.Core;

namespace CellLab.Core.Documents;

/// <summary>Reads one YAML 1.2 document into a <see cref="DocumentNode"/> tree with the place of every value. Left out on purpose, because a
/// protocol must mean what it shows: anchors, aliases, tags, merge keys and several documents. A member given twice is an error.</summary>
public static class YamlDocumentReader
{
    public static DocumentReading Read(string fileName, string text)
    {
        string plain = text.TrimStart('\uFEFF');
        if (Encoding.UTF8.GetByteCount(plain) > JsonDocumentReader.MaxBytes)
        {
            return Refused(new Finding(fileName, 0, 0, $"the file is larger than the {JsonDocumentReader.MaxBytes} bytes allowed"));
        }

        using var reader = new StringReader(plain);
        var builder = new YamlTreeBuilder(fileName, new Parser(new Scanner(reader, skipComments: true)));
        try
        {
            DocumentNode root = builder.Build();
            return new DocumentReading(root, builder.Errors);
        }
        catch (YamlTreeException refused)
        {
            return Refused(new Finding(fileName, refused.At.Line, refused.At.Column, refused.Message, refused.Hint));
        }
        catch (YamlException broken)
        {
            return NotYaml(fileName, YamlTreeBuilder.PlaceOf(broken.Start), Plain(broken.Message));
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // the scanner's own faults on broken input: it ends a plain value wrongly, or builds a character that does not exist
            return NotYaml(fileName, builder.LastPlace, "what follows here cannot be read");
        }
    }

    private static DocumentReading NotYaml(string fileName, SourcePosition at, string what) => Refused(new Finding(
        fileName, at.Line, at.Column, $"this is not YAML: {what}", "indent with blanks, not tabs; put a text that holds ': ' or '#' in quotes"));

    private static DocumentReading Refused(Finding finding) => new(null, [finding]);

    /// <summary>The parser's message without its own place in front.</summary>
    private static string Plain(string message)
    {
        string first = message.StartsWith('(') && message.IndexOf("): ", StringComparison.Ordinal) is > 0 and var end ? message[(end + 3)..] : message;
        return first.Length > 0 ? char.ToLowerInvariant(first[0]) + first[1..].TrimEnd('.') : "it is broken";
    }
}
