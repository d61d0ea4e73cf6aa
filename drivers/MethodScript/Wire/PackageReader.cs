using System.Globalization;

namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>Reads <c>P field { ; field }</c>, field = type (2 letters), 7 hexadecimal digits, prefix, { <c>,</c> metadata }; value =
/// (digits - 0x8000000) * 10^prefix. Source: the maker's published examples and protocol documents, section "measurement data package".</summary>
internal static class PackageReader
{
    private const int Digits = 7;
    private const int Offset = 0x8000000;
    private const string Prefixes = "afpnum kMGTPE";
    private const int PrefixOfOne = 6;

    private static readonly double[] s_powers = [1, 1e3, 1e6, 1e9, 1e12, 1e15, 1e18];

    /// <param name="fields">The line without its <c>P</c>.</param>
    /// <exception cref="MethodScriptFormatException">Names the field that breaks the rules.</exception>
    public static PackageLine Read(string fields)
    {
        string[] parts = fields.Split(';');
        var variables = new PackageVariable[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            variables[i] = Field(parts[i]) ?? throw new MethodScriptFormatException($"field {i + 1} of the package, '{parts[i]}', breaks the rules");
        }

        return new PackageLine(variables);
    }

    private static PackageVariable? Field(string text)
    {
        string[] parts = text.Split(',');
        string head = parts[0];
        if (head.Length < 2 || !char.IsAsciiLetterLower(head[0]) || !char.IsAsciiLetterLower(head[1]))
        {
            return null;
        }

        string raw = head[2..];
        return TryValue(raw, out double? value) && Metadata.TryRead(parts.AsSpan(1), out Metadata about)
            ? new PackageVariable(head[..2], raw, value, about.Status, about.Range, about.Noise)
            : null;
    }

    /// <summary>A blank prefix at the end of a line is lost where somebody trims lines: none counts as blank.</summary>
    private static bool TryValue(string raw, out double? value)
    {
        value = null;
        if (raw == "     nan")
        {
            return true;
        }

        if (raw.Length is not (Digits or Digits + 1)
            || !int.TryParse(raw.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int digits))
        {
            return false;
        }

        char prefix = raw.Length == Digits ? ' ' : raw[Digits];
        int power = prefix == 'i' ? 0 : Prefixes.IndexOf(prefix, StringComparison.Ordinal) - PrefixOfOne;
        if (prefix != 'i' && power < -PrefixOfOne)
        {
            return false;
        }

        double number = digits - Offset;
        value = power >= 0 ? number * s_powers[power] : number / s_powers[-power];
        return true;
    }

    /// <summary><c>1x</c> status, <c>2xx</c> range, <c>4x</c> noise; other numbers are skipped.</summary>
    private readonly record struct Metadata(PackageStatus? Status, int? Range, int? Noise)
    {
        public static bool TryRead(ReadOnlySpan<string> parts, out Metadata read)
        {
            read = default;
            foreach (string part in parts)
            {
                if (part.Length < 2 || !int.TryParse(part.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
                {
                    return false;
                }

                read = (part[0], part.Length) switch
                {
                    ('1', 2) => read with { Status = (PackageStatus)value },
                    ('2', 3) => read with { Range = value },
                    ('4', 2) => read with { Noise = value },
                    _ => read,
                };
            }

            return true;
        }
    }
}
