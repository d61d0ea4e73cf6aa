using System.Buffers;
using System.Text;

namespace CellLab.Drivers.XrdTrigger.Helper;

/// <summary><c>WORD key=value key="value with blanks"</c>, UTF-8, at most 4096 bytes without the LF that ends it (docs/reference/xrd-helper.md).
/// Inside quotes <c>\"</c> and <c>\\</c> stand for quote and backslash.</summary>
internal static class HelperCodec
{
    public const int LongestLine = 4096;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> s_needQuotes = SearchValues.Create(" \"\\=");

    /// <summary>With the LF.</summary>
    /// <exception cref="HelperFormatException">A value has control characters, or the line is too long.</exception>
    public static byte[] Encode(string word, params ReadOnlySpan<(string Key, string Value)> fields)
    {
        var line = new StringBuilder(word);
        foreach ((string key, string value) in fields)
        {
            line.Append(' ').Append(key).Append('=').Append(Quoted(value));
        }

        byte[] bytes = s_utf8.GetBytes(line.Append('\n').ToString());
        return bytes.Length <= LongestLine + 1 ? bytes : throw new HelperFormatException($"a line of {bytes.Length - 1} bytes; {LongestLine} are allowed");
    }

    /// <param name="line">Without its LF; a CR before it is dropped.</param>
    /// <exception cref="HelperFormatException">Not UTF-8, too long, no word, a field without '=', an open quote, a key twice.</exception>
    public static HelperMessage Decode(ReadOnlySpan<byte> line)
    {
        if (line.Length > LongestLine)
        {
            throw new HelperFormatException($"a line of {line.Length} bytes; {LongestLine} are allowed");
        }

        string text = Text(line).TrimEnd('\r');
        if (text.FirstOrDefault(char.IsControl) is not '\0' and char control)
        {
            throw new HelperFormatException($"control character 0x{(int)control:X2} in a line");
        }

        int at = 0;
        string word = Until(text, ref at, ' ');
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Skip(text, ref at))
        {
            (string key, string value) = Field(text, ref at);
            if (!fields.TryAdd(key, value))
            {
                throw new HelperFormatException($"field {key} stands twice in '{text}'");
            }
        }

        return word.Length > 0 ? new HelperMessage(word, fields) : throw new HelperFormatException($"'{text}' does not begin with a word");
    }

    private static string Text(ReadOnlySpan<byte> line)
    {
        try
        {
            return s_utf8.GetString(line);
        }
        catch (DecoderFallbackException e)
        {
            throw new HelperFormatException($"not UTF-8: {e.Message}");
        }
    }

    private static (string Key, string Value) Field(string text, ref int at)
    {
        int from = at;
        string key = Until(text, ref at, '=');
        if (at == text.Length || key.Length == 0 || key.Contains(' ', StringComparison.Ordinal))
        {
            throw new HelperFormatException($"expected key=value at character {from + 1} of '{text}'");
        }

        at++;
        return (key, at < text.Length && text[at] == '"' ? Unquoted(text, ref at) : Until(text, ref at, ' '));
    }

    private static string Unquoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            at += text[at] == '\\' ? 1 : 0;
            value.Append(at < text.Length ? text[at] : '"');
        }

        return at++ < text.Length ? value.ToString() : throw new HelperFormatException($"a quote is not closed in '{text}'");
    }

    private static string Until(string text, ref int at, char end)
    {
        int from = at;
        int found = text.IndexOf(end, at);
        at = found < 0 ? text.Length : found;
        return text[from..at];
    }

    private static bool Skip(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length;
    }

    private static string Quoted(string value)
    {
        if (value.Any(char.IsControl))
        {
            throw new HelperFormatException($"the value '{value}' has control characters");
        }

        return value.Length > 0 && value.AsSpan().IndexOfAny(s_needQuotes) < 0
            ? value
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
