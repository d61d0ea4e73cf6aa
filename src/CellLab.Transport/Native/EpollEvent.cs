using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CellLab.Transport.Native;

/// <summary><c>struct epoll_event { u32 events; u64 data; }</c>: packed on x64 alone.</summary>
internal static class EpollEvent
{
    public const uint In = 1;
    public const uint Out = 4;
    public const uint Error = 8;
    public const uint HangUp = 0x10;
    public const uint OneShot = 1u << 30;

    private static readonly int s_dataAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    public static int Size { get; } = s_dataAt + 8;

    public static void Write(Span<byte> at, uint events, ulong data)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(at, events);
        BinaryPrimitives.WriteUInt64LittleEndian(at[s_dataAt..], data);
    }

    public static (uint Events, ulong Data) Read(ReadOnlySpan<byte> at) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(at), BinaryPrimitives.ReadUInt64LittleEndian(at[s_dataAt..]));
}
