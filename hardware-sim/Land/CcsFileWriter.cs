using System.Buffers.Binary;
using System.Text;

namespace CellLab.HardwareSim.Land;

/// <summary>Writes one data file as the monitor program does: a header, then blocks of 128 bytes; the last block is written again with every record until it
/// is full.</summary>
internal sealed class CcsFileWriter : IDisposable
{
    private const int Block = 128;
    private const int HeaderBytes = 0xF80;
    private const int PartOfBlock = 60;
    private readonly FileStream _file;
    private readonly byte[] _block = new byte[Block];
    private readonly int _recordBytes;
    private long _at;
    private uint _control;
    private int _records;

    public CcsFileWriter(string path, string testName, int recordBytes)
    {
        Path = path;
        _recordBytes = recordBytes;
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        byte[] header = new byte[HeaderBytes];
        Text(header, 0xB0, testName);
        Text(header, 0x1F0, "channel_test");
        Text(header, 0x2D0, "4.2.0");
        Text(header, 0x360, "M340A-SIMULATED");
        Text(header, 0x444, "Ethernet");
        Text(header, 0x494, "WuHan LAND");
        _file.Write(header);
        _file.Flush();
        _at = HeaderBytes - Block;
    }

    public string Path { get; }

    /// <summary>The last block is left half written.</summary>
    public bool HalfBlocks { get; set; }

    public void Step(uint mode, int cycle, int step, double testSeconds, double clockSeconds)
    {
        Next();
        Word(0, 2);
        Word(4, _control);
        Word(8, mode);
        Word(12, (uint)cycle);
        Word(16, (uint)step);
        BinaryPrimitives.WriteUInt64LittleEndian(_block.AsSpan(24), (ulong)Math.Round(testSeconds * 1e3));
        BinaryPrimitives.WriteUInt64LittleEndian(_block.AsSpan(56), (ulong)Math.Round(clockSeconds * 1e3));
        _control = (uint)_at;
        Write();
    }

    public void Record(in CcsSample sample)
    {
        if (_records == 0 || _records == (Block - 8) / _recordBytes)
        {
            Next();
        }

        _records++;
        Word(0, (uint)((_records << 8) | 3));
        Word(4, _control);
        int at = 8 + ((_records - 1) * _recordBytes);
        Word(at, (uint)Math.Round(sample.Seconds * 1e3));
        Float(at + 4, sample.Volts);
        Float(at + 8, sample.Amperes);
        Float(at + 12, sample.AmpereHours);
        Float(at + 16, sample.WattHours);
        if (_recordBytes == 24)
        {
            Float(at + 20, sample.Ohms);
        }

        Write();
    }

    /// <summary>Writes the last block again, whole unless <see cref="HalfBlocks"/>.</summary>
    public void Write()
    {
        _file.Position = _at;
        _file.Write(_block.AsSpan(0, HalfBlocks ? PartOfBlock : Block));
        _file.SetLength(_file.Position);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A new block; the one before is whole by now.</summary>
    private void Next()
    {
        if (HalfBlocks && _at >= HeaderBytes)
        {
            _file.Position = _at;
            _file.Write(_block);
        }

        _at += Block;
        _records = 0;
        Array.Clear(_block);
    }

    private static void Text(byte[] header, int at, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(at));

    private void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(at), value);

    private void Float(int at, double value) => BinaryPrimitives.WriteSingleLittleEndian(_block.AsSpan(at), (float)value);
}

/// <summary>One record: differences since the one before; energy with the sign of the current, charge without.</summary>
internal readonly record struct CcsSample(double Seconds, double Volts, double Amperes, double AmpereHours, double WattHours, double Ohms);
