using System.Globalization;
using System.Text;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript;

/// <summary>Bytes from the instrument to lines and their meaning. Lines end with LF; a received CR and the flow-control signs that a serial
/// bridge may leave (0x11, 0x13) are dropped; blanks at the end of a line count.</summary>
internal static class MethodScriptCodec
{
    /// <summary>The instruments keep below 256 characters; more than this is not one of them.</summary>
    public const int LongestLine = 4096;

    /// <summary>Takes one complete line off the front, or returns false and leaves the bytes as they were.</summary>
    /// <exception cref="MethodScriptFormatException">No end of line within <see cref="LongestLine"/> bytes.</exception>
    public static bool TryTakeLine(ref ReadOnlySpan<byte> bytes, out string line)
    {
        int length = bytes.IndexOf((byte)'\n');
        if (length > LongestLine || (length < 0 && bytes.Length > LongestLine))
        {
            throw new MethodScriptFormatException($"no end of line within {LongestLine} bytes");
        }

        line = length < 0 ? "" : TextOf(bytes[..length]);
        bytes = bytes[(length + 1)..];
        return length >= 0;
    }

    /// <summary>What a line says.</summary>
    /// <exception cref="MethodScriptFormatException">It begins like a known line and goes on otherwise.</exception>
    public static OutputLine Read(string line)
    {
        if (line.Length == 0)
        {
            return new ScriptEndLine();
        }

        string rest = line[1..];
        return line[0] switch
        {
            'P' => PackageReader.Read(rest),
            'M' => new LoopBeginLine(Hex(rest, line)),
            '*' => Alone(new LoopEndLine(), line),
            'C' when rest.Length == 4 => new ScanBeginLine(Hex(rest, line)),
            '-' => Alone(new ScanEndLine(), line),
            'L' when rest.Length == 0 => new ScriptLoopBeginLine(),
            '+' => Alone(new ScriptLoopEndLine(), line),
            'T' => new TextLine(rest),
            _ => Other(line),
        };
    }

    private static OutputLine Other(string line)
    {
        if (line[0] == '!' || (line.Length > 1 && line[1] == '!' && char.IsAsciiLetter(line[0])))
        {
            return new ErrorLine(InstrumentError.TryRead(line) ?? throw new MethodScriptFormatException($"'{line}' is not an error of the form !XXXX: Line n"));
        }

        return char.IsAsciiLetter(line[0]) ? new ReplyLine(line[0], line[1..]) : new UnknownLine(line);
    }

    private static OutputLine Alone(OutputLine meaning, string line) =>
        line.Length == 1 ? meaning : throw new MethodScriptFormatException($"'{line}' has more than its first sign");

    private static int Hex(string digits, string line) =>
        digits.Length is >= 1 and <= 4 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new MethodScriptFormatException($"'{line}' should end in four hexadecimal digits");

    private static string TextOf(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        return text.AsSpan().IndexOfAny("\r\u0011\u0013") < 0 ? text : string.Concat(text.Where(c => c is not ('\r' or '\u0011' or '\u0013')));
    }
}
