using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CellLab.Drivers.SrsRga.Wire;

/// <summary>Bytes of the SRS RGA command set. Commands: two letters, parameter, CR. Text answers end with LF CR; ion currents are four raw
/// bytes, little endian, two's complement, in 1e-16 A (SRS RGA manual, programming chapter).</summary>
internal static class RgaCodec
{
    public const int WordBytes = 4;

    /// <summary>A longer text is none of this instrument's; <c>ID?</c> is the longest with some 24 characters.</summary>
    public const int LongestText = 64;

    private const double AmperesPerUnit = 1e-16;
    private const byte CarriageReturn = 0x0D;

    public static byte[] Write(string command, string parameter = "") => Encoding.ASCII.GetBytes($"{command}{parameter}\r");

    public static byte[] Write(string command, double parameter) =>
        Write(command, parameter.ToString("0.####", CultureInfo.InvariantCulture));

    /// <summary>Takes one text answer off the front, or returns false and leaves the buffer as it was.</summary>
    /// <exception cref="RgaFormatException">Bytes other than printable characters, or too many of them without an end.</exception>
    public static bool TryReadText(ref ReadOnlySequence<byte> buffer, out string text)
    {
        text = "";
        SequencePosition? end = buffer.PositionOf(CarriageReturn);
        ReadOnlySequence<byte> line = end is { } at ? buffer.Slice(0, at) : buffer;
        if (line.Length > LongestText)
        {
            throw new RgaFormatException($"a text answer of more than {LongestText} characters");
        }

        string read = Encoding.Latin1.GetString(line).Trim('\n', ' ');
        if (read.FirstOrDefault(c => c is < ' ' or > '~') is var odd and not default(char))
        {
            throw new RgaFormatException($"byte {(int)odd:X2} in a text answer");
        }

        if (end is null)
        {
            return false;
        }

        text = read;
        buffer = buffer.Slice(buffer.GetPosition(1, end.Value));
        return true;
    }

    /// <summary>Takes the ion currents of so many words off the front, in A, or returns false and leaves the buffer as it was.</summary>
    public static bool TryReadWords(ref ReadOnlySequence<byte> buffer, int count, out double[] amperes)
    {
        amperes = [];
        long length = (long)count * WordBytes;
        if (buffer.Length < length)
        {
            return false;
        }

        byte[] bytes = buffer.Slice(0, length).ToArray();
        amperes = new double[count];
        for (int i = 0; i < count; i++)
        {
            amperes[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * WordBytes)) * AmperesPerUnit;
        }

        buffer = buffer.Slice(length);
        return true;
    }

    /// <exception cref="RgaFormatException">Not a byte in decimals.</exception>
    public static int ParseByte(string text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)
            ? value
            : throw new RgaFormatException($"expected a byte in decimals, found '{text}'");

    /// <exception cref="RgaFormatException">Not a number, or not a finite one.</exception>
    public static double ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new RgaFormatException($"expected a number, found '{text}'");
}
