using System.Buffers.Binary;
using System.Text;

namespace CellLab.Tests.Drivers.Land;

/// <summary>Writes the bytes of a <c>.ccs</c> file by the published layout.</summary>
internal sealed class CcsBytes
{
    private const int Block = 128;
    private readonly int _recordBytes;
    private readonly int _most;
    private byte[] _bytes;
    private int _control;
    private int _data = -1;

    public CcsBytes(string testName, int recordBytes = 24, int start = 0xF80)
    {
        (_recordBytes, _most) = (recordBytes, recordBytes == 20 ? 6 : 5);
        _bytes = new byte[start];
        Text(0xB0, testName);
        Text(0x2D0, "4.2.0");
        Text(0x360, "M340A-0001");
        Text(0x494, "WuHan LAND");
    }

    public byte[] Bytes => _bytes;

    public CcsBytes Step(uint mode, uint step, double testSeconds, uint cycle = 0)
    {
        int at = Append();
        Word(at, 2);
        Word(at + 4, (uint)_control);
        Word(at + 8, mode);
        Word(at + 12, cycle);
        Word(at + 16, step);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(at + 24), (ulong)Math.Round(testSeconds * 1e3));
        (_control, _data) = (at, -1);
        return this;
    }

    public CcsBytes Record(double seconds, float volts, float amperes)
    {
        if (_data < 0 || _bytes[_data + 1] == _most)
        {
            _data = Append();
            Word(_data, 3);
            Word(_data + 4, (uint)_control);
        }

        int index = _bytes[_data + 1]++;
        int at = _data + 8 + (index * _recordBytes);
        Word(at, (uint)Math.Round(seconds * 1e3));
        Float(at + 4, volts);
        Float(at + 8, amperes);
        Float(at + 12, (float)(Math.Abs(amperes) * seconds / 3600));
        Float(at + 16, (float)(amperes * volts * seconds / 3600));
        if (_recordBytes == 24)
        {
            Float(at + 20, 12.5f);
        }

        return this;
    }

    public CcsBytes Records(int count, double seconds, float volts, float amperes)
    {
        for (int i = 0; i < count; i++)
        {
            Record(seconds, volts, amperes);
        }

        return this;
    }

    private int Append()
    {
        int at = _bytes.Length;
        Array.Resize(ref _bytes, at + Block);
        return at;
    }

    private void Text(int at, string text) => Encoding.ASCII.GetBytes(text, _bytes.AsSpan(at));

    private void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);

    private void Float(int at, float value) => BinaryPrimitives.WriteSingleLittleEndian(_bytes.AsSpan(at), value);
}
