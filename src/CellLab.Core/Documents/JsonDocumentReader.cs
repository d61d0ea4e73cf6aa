using System.Text;
using System.Text.Json;

namespace CellLab.Core.Documents;

/// <summary>Reads JSON (RFC 8259: no comments, no trailing commas) into a <see cref="DocumentNode"/> tree with the place of every value.
/// A member given twice is an error.</summary>
public static class JsonDocumentReader
{
    public const int MaxBytes = 4 * 1024 * 1024;
    public const int MaxDepth = 32;

    public static DocumentReading Read(string fileName, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        if (bytes.Length > MaxBytes)
        {
            return Refused(new Finding(fileName, 0, 0, $"the file holds {bytes.Length} bytes, more than the {MaxBytes} allowed"));
        }

        if (string.IsNullOrWhiteSpace(text.TrimStart('\uFEFF')))
        {
            return Refused(new Finding(fileName, 1, 1, "this is not JSON: the file is empty"));
        }

        var lines = new LineMap(bytes);
        var builder = new JsonTreeBuilder(fileName, lines);
        try
        {
            DocumentNode root = builder.Build(bytes);
            return new DocumentReading(root, builder.Errors);
        }
        catch (JsonException broken)
        {
            SourcePosition at = lines.At(broken.LineNumber ?? 0, broken.BytePositionInLine ?? 0);
            return Refused(new Finding(fileName, at.Line, at.Column, $"this is not JSON: {Plain(broken.Message)}"));
        }
    }

    private static DocumentReading Refused(Finding finding) => new(null, [finding]);

    /// <summary>The runtime's message without its own line count (from 0) at the end and without talk about its options.</summary>
    private static string Plain(string message)
    {
        string first = message.Split(" LineNumber:")[0].Split(" Change the reader options")[0].TrimEnd();
        return first.Length > 0 ? char.ToLowerInvariant(first[0]) + first[1..].TrimEnd('.') : "it is broken";
    }
}
