namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>A column header cut into its name and its unit: <c>Current(mA)</c>, <c>U[V]</c>, <c>Voltage / V</c>, <c>Ewe/V</c>.
/// <paramref name="Key"/> is the name in small letters without blanks, points, underscores and number signs, by which columns are known.</summary>
internal readonly record struct HeaderName(string Text, string Key, string? Unit)
{
    public static HeaderName Parse(string header)
    {
        string text = header.Trim().Trim('"', '\'', '\uFEFF').Trim();
        (string name, string? unit) = Cut(text);
        return new HeaderName(text, KeyOf(name), unit);
    }

    private static (string Name, string? Unit) Cut(string text)
    {
        if (text.Length > 2 && text[^1] is ')' or ']' or '）')
        {
            int open = text.LastIndexOfAny(['(', '[', '（']);
            if (open > 0 && !text[(open + 1)..^1].Equals("Z", StringComparison.OrdinalIgnoreCase)) // Re(Z) has no unit
            {
                return (text[..open].TrimEnd(' ', '/'), text[(open + 1)..^1].Trim());
            }
        }

        int slash = text.LastIndexOf('/');
        return slash > 0 && slash < text.Length - 1 ? (text[..slash], text[(slash + 1)..].Trim()) : (text, null);
    }

    private static string KeyOf(string name) =>
        string.Concat(name.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('.' or '_' or '#' or '\t'))).ToLowerInvariant();
}
