namespace CellLab.HardwareSim.Xrd.ComPort;

/// <summary>One thing that a client of a serial device server said beside the data of the line.</summary>
/// <param name="Word">The telnet command: WILL, WONT, DO, DONT, or SB with its content.</param>
internal readonly record struct ComPortWord(byte Word, byte Option, byte[] Content);

/// <summary>Reads what a client sends, byte by byte; data of the line is dropped, since nothing is on it. What is not telnet is skipped as real servers
/// do.</summary>
internal sealed class ComPortDecoder
{
    private const byte Iac = 0xFF;
    private const byte Sb = 0xFA;
    private const byte Se = 0xF0;
    private const int Longest = 64;

    private readonly List<byte> _held = [];

    /// <summary>Null while nothing is complete.</summary>
    public ComPortWord? Take(byte received)
    {
        _held.Add(received);
        ComPortWord? word = _held switch
        {
            [not Iac, ..] => Nothing(),
            [Iac, Iac] => Nothing(),
            [Iac, >= 0xFB and <= 0xFE, _] => new ComPortWord(_held[1], _held[2], []),
            [Iac, >= 0xFB and <= 0xFE] or [Iac] => null,
            [Iac, Sb, ..] => Message(),
            _ => Nothing(),
        };
        if (word is not null)
        {
            _held.Clear();
        }

        return word?.Word == 0 ? null : word;
    }

    /// <summary>Complete when the number of 255 before the end mark is odd: a doubled one is content.</summary>
    private ComPortWord? Message()
    {
        int marks = 0;
        for (int at = _held.Count - 2; _held[^1] == Se && at > 2 && _held[at] == Iac; at--)
        {
            marks++;
        }

        if (marks % 2 == 1)
        {
            return new ComPortWord(Sb, _held[2], Content(_held[3..^2]));
        }

        return _held.Count > Longest ? Nothing() : null;
    }

    private static byte[] Content(List<byte> escaped)
    {
        var content = new List<byte>();
        for (int i = 0; i < escaped.Count; i++)
        {
            content.Add(escaped[i]);
            i += escaped[i] == Iac ? 1 : 0;
        }

        return [.. content];
    }

    private static ComPortWord? Nothing() => new ComPortWord(0, 0, []);
}
