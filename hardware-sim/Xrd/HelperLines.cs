using System.Text;
using System.Text.RegularExpressions;

namespace CellLab.HardwareSim.Xrd;

/// <summary>Reads and writes lines of the helper protocol (docs/reference/xrd-helper.md).</summary>
internal static partial class HelperLines
{
    /// <summary>Null for a line that breaks the rules.</summary>
    public static (string Word, Dictionary<string, string> Fields)? Read(ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line).TrimEnd('\r');
        Match match = Whole().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < match.Groups["key"].Captures.Count; i++)
        {
            string value = match.Groups["value"].Captures[i].Value;
            fields[match.Groups["key"].Captures[i].Value] = value.StartsWith('"') ? Escaped().Replace(value[1..^1], "$1") : value;
        }

        return (match.Groups["word"].Value, fields);
    }

    public static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^(?<word>[A-Z]+)( +(?<key>[a-z_]+)=(?<value>""(\\.|[^""\\])*""|[^ ""]*))* *$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\\(.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
