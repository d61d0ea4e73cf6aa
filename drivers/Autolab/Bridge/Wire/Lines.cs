using System.Text;

namespace CellLab.AutolabBridge.Wire;

/// <summary>Cuts a stream into lines of UTF-8.</summary>
internal sealed class Lines(Stream stream)
{
    /// <summary>Bytes of a line without its end; a longer one ends the connection.</summary>
    public const int Longest = 65536;

    private readonly byte[] _buffer = new byte[Longest + 1];
    private int _filled;
    private int _taken;

    /// <summary>Null when the client has closed, or sent a line that is too long.</summary>
    public string? Read()
    {
        while (true)
        {
            int end = Array.IndexOf(_buffer, (byte)'\n', _taken, _filled - _taken);
            if (end >= 0)
            {
                string line = Encoding.UTF8.GetString(_buffer, _taken, end - _taken).TrimEnd('\r');
                _taken = end + 1;
                return line;
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    private bool Fill()
    {
        Buffer.BlockCopy(_buffer, _taken, _buffer, 0, _filled - _taken);
        _filled -= _taken;
        _taken = 0;
        int count = _filled < _buffer.Length ? stream.Read(_buffer, _filled, _buffer.Length - _filled) : 0;
        _filled += count;
        return count > 0;
    }
}
