using System.Buffers;
using System.Globalization;
using System.Text;

namespace CellLab.HardwareSim.Neware.Wire;

/// <summary>UTF-8 text under construction. Numbers with the invariant culture; text is escaped for XML.</summary>
internal sealed class Utf8Text
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public Utf8Text Raw(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    public Utf8Text Escaped(string text)
    {
        string safe = text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);
        return Plain(safe);
    }

    public Utf8Text Plain(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(most)));
        return this;
    }

    public Utf8Text Number(long value)
    {
        value.TryFormat(_buffer.GetSpan(24), out int written, default, CultureInfo.InvariantCulture);
        _buffer.Advance(written);
        return this;
    }

    /// <summary>Always plain decimals, never an exponent: clients in use take a number without a point for a whole one.</summary>
    /// <param name="format">Null gives the shortest text that reads back as the same number; below 1e-3 15 significant digits.</param>
    public Utf8Text Number(double value, string? format = null)
    {
        Span<byte> room = _buffer.GetSpan(64);
        int written;
        if (format is null && Math.Abs(value) < 1e-3)
        {
            ((decimal)value).TryFormat(room, out written, default, CultureInfo.InvariantCulture);
        }
        else
        {
            value.TryFormat(room, out written, format, CultureInfo.InvariantCulture);
        }

        _buffer.Advance(written);
        return this;
    }
}
