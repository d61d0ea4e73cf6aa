using System.Text;

namespace CellLab.Drivers.Neware.Wire;

/// <summary>The attributes of one tag, in order: <c>while (attributes.MoveNext())</c>. Blanks round the equals sign are tolerated.</summary>
internal ref struct XmlAttributes(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>As it stands between the quotes; entities are not resolved.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        ReadOnlySpan<byte> rest = XmlText.TrimStart(_rest);
        if (rest.IsEmpty)
        {
            return false;
        }

        int equals = rest.IndexOf((byte)'=');
        if (equals <= 0)
        {
            throw Broken(rest);
        }

        Name = XmlText.TrimEnd(rest[..equals]);
        rest = XmlText.TrimStart(rest[(equals + 1)..]);
        if (rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'\''))
        {
            throw Broken(Name);
        }

        int close = rest[1..].IndexOf(rest[0]);
        if (close < 0)
        {
            throw Broken(Name);
        }

        Value = rest.Slice(1, close);
        _rest = rest[(close + 2)..];
        return true;
    }

    public readonly bool Is(ReadOnlySpan<byte> name) => Name.SequenceEqual(name);

    private static NewareFormatException Broken(ReadOnlySpan<byte> where) =>
        new($"the attribute at '{Encoding.UTF8.GetString(where[..Math.Min(40, where.Length)])}' is not name=\"value\"");
}
