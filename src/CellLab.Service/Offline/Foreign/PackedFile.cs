using System.Buffers.Binary;
using System.IO.Compression;

namespace CellLab.Service.Offline.Foreign;

/// <summary>Whether a gzip file is whole. A reader of one that was cut off sees an ordinary end, so its last four bytes are asked: they hold the length of what was
/// packed, modulo 2^32 (RFC 1952), of the last part where several stand behind each other.</summary>
internal static class PackedFile
{
    private const int TrailerBytes = 8;
    private const int BlockBytes = 1 << 16;

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static bool IsCutOff(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BlockBytes, FileOptions.SequentialScan);
        if (file.Length < TrailerBytes)
        {
            return true;
        }

        Span<byte> told = stackalloc byte[sizeof(uint)];
        file.Position = file.Length - told.Length;
        file.ReadExactly(told);
        file.Position = 0;
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        byte[] block = new byte[BlockBytes];
        long length = 0;
        for (int read = unpacked.Read(block); read > 0; read = unpacked.Read(block))
        {
            length += read;
        }

        return length < BinaryPrimitives.ReadUInt32LittleEndian(told); // what stands at a cut is as good as random, and mostly far larger
    }
}
