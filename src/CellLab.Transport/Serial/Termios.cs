using System.Buffers.Binary;
using CellLab.Transport.Native;

namespace CellLab.Transport.Serial;

/// <summary>Sets a terminal by <c>termios2</c> (asm-generic/termbits.h): raw bytes, any rate as a plain number (BOTHER).
/// <c>struct termios2 { u32 iflag, oflag, cflag, lflag; u8 line; u8 cc[19]; u32 ispeed, ospeed; }</c>, 44 bytes.</summary>
internal static class Termios
{
    private const int Size = 44;
    private const nuint GetSettings = 0x802C542A;
    private const nuint SetSettings = 0x402C542B;
    private const uint CheckParityOnInput = 0x10;
    private const uint XonXoff = 0x1400;
    private const uint EightBits = 0x30;
    private const uint SevenBits = 0x20;
    private const uint TwoStopBits = 0x40;
    private const uint Receive = 0x80;
    private const uint ParityOn = 0x100;
    private const uint ParityOdd = 0x200;

    /// <summary>Lines drop when the last user is gone, also by a crash: nothing that hangs on RTS or DTR stays switched on.</summary>
    private const uint DropLinesOnClose = 0x400;
    private const uint IgnoreCarrier = 0x800;
    private const uint AnyRate = 0x1000;
    private const uint RateBits = 0x100F;
    private const uint RtsCts = 0x80000000;
    private const int SpecialAt = 17;
    private const int MinimumIndex = 6;
    private const int FlushBoth = 2;

    /// <summary>Returns what the port did not accept, or null.</summary>
    /// <exception cref="IOException">It is not a terminal, or it is gone.</exception>
    public static unsafe string? Apply(DescriptorHandle descriptor, SerialSettings settings)
    {
        byte* raw = stackalloc byte[Size];
        var bytes = new Span<byte>(raw, Size);
        Control(descriptor, GetSettings, raw);
        Fill(bytes, settings);
        Control(descriptor, SetSettings, raw);
        uint wanted = Word(bytes, 2);
        bytes.Clear();
        Control(descriptor, GetSettings, raw);
        LibC.Flush(descriptor, FlushBoth);
        return Refused(settings, wanted, Word(bytes, 2), (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]));
    }

    private static void Fill(Span<byte> bytes, SerialSettings s)
    {
        bool parity = s.Parity != SerialParity.None;
        uint frame = (s.DataBits == 7 ? SevenBits : EightBits)
            | (s.StopBits == 2 ? TwoStopBits : 0)
            | (parity ? ParityOn : 0)
            | (s.Parity == SerialParity.Odd ? ParityOdd : 0)
            | (s.Flow == SerialFlow.RtsCts ? RtsCts : 0);
        uint[] words =
        [
            (parity ? CheckParityOnInput : 0) | (s.Flow == SerialFlow.XonXoff ? XonXoff : 0),
            0,
            frame | Receive | IgnoreCarrier | DropLinesOnClose | AnyRate,
            0,
        ];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * i)..], words[i]);
        }

        bytes.Slice(SpecialAt, 19).Clear();
        bytes[SpecialAt + MinimumIndex] = 1; // with 0 a read without data would look like a line that is gone
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], s.Baud);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], s.Baud);
    }

    /// <summary>Drivers may settle on a rate some per cent beside the wanted one; a receiver tolerates 2 %.</summary>
    private static string? Refused(SerialSettings s, uint wanted, uint found, int baud)
    {
        uint frame = SevenBits | EightBits | TwoStopBits | ParityOn | ParityOdd | RtsCts;
        return Math.Abs(baud - s.Baud) > s.Baud * 0.02 ? $"it runs at {baud} baud instead of {s.Baud}"
            : ((wanted ^ found) & frame & ~RateBits) != 0 ? $"it does not take {s.DataBits} data bits, parity {SerialWords.Of(s.Parity)}, {s.StopBits} stop bits, flow {SerialWords.Of(s.Flow)}"
            : null;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * index)..]);

    private static unsafe void Control(DescriptorHandle descriptor, nuint request, byte* argument)
    {
        if (LibC.Control(descriptor, request, argument) != 0)
        {
            throw new IOException(LibC.LastErrorText());
        }
    }
}
