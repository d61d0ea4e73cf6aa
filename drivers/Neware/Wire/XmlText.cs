using System.Globalization;
using System.Security;
using System.Text;

namespace CellLab.Drivers.Neware.Wire;

/// <summary>Text in XML: white space, entities, escaping.</summary>
internal static class XmlText
{
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => TrimEnd(TrimStart(text));

    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        int start = text.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? default : text[start..];
    }

    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        int last = text.LastIndexOfAnyExcept(" \t\r\n"u8);
        return text[..(last + 1)];
    }

    /// <summary>Bytes that are not UTF-8 become replacement characters: a foreign barcode must not make a whole reply unreadable.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        string text = Encoding.UTF8.GetString(raw);
        return text.Contains('&', StringComparison.Ordinal) ? ResolveEntities(text) : text;
    }

    public static string Escape(string text) => SecurityElement.Escape(text) ?? "";

    private static string ResolveEntities(string text)
    {
        var result = new StringBuilder(text.Length);
        int position = 0;
        while (position < text.Length)
        {
            int end = text[position] == '&' ? text.IndexOf(';', position) : -1;
            if (end > 0 && Resolve(text.AsSpan(position + 1, end - position - 1)) is { } resolved)
            {
                result.Append(resolved);
                position = end + 1;
            }
            else
            {
                result.Append(text[position++]);
            }
        }

        return result.ToString();
    }

    private static string? Resolve(ReadOnlySpan<char> entity) => entity switch
    {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        ['#', 'x', .. var hex] when int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) => Character(code),
        ['#', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int code) => Character(code),
        _ => null,
    };

    private static string? Character(int code) => Rune.IsValid(code) ? new Rune(code).ToString() : null;
}
