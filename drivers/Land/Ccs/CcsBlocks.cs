using System.Buffers.Binary;

namespace CellLab.Drivers.Land.Ccs;

/// <summary>Blocks of a <c>.ccs</c> file: 128 bytes each, little-endian, after a header of varying length. Two open readers agree on the type words;
/// one real file was recomputed by them.</summary>
public static class CcsBlocks
{
    public const int BlockBytes = 128;

    /// <summary>Where the records of a data block begin: after its type word and the offset of its control block.</summary>
    public const int FirstRecord = 8;

    /// <summary>No file is known whose blocks begin later than this.</summary>
    public const int LatestStart = 0x4000;

    /// <summary>As many bytes of a file as <see cref="FindStart"/> may want.</summary>
    public const int HeadBytes = LatestStart + (BlocksToBelieve * BlockBytes);

    public const uint Control = 2;

    /// <summary>Occurs in files with short records only.</summary>
    public const uint SixRecords = 0x603;

    private const int BlocksToBelieve = 6;

    /// <summary>The known types: a control block, or a data block of one to six records.</summary>
    public static bool IsKnown(uint type) => type == Control || ((type & 0xFF) == 3 && type is >= 0x103 and <= SixRecords);

    public static uint TypeOf(ReadOnlySpan<byte> block) => BinaryPrimitives.ReadUInt32LittleEndian(block);

    /// <summary>Of a data block: the file offset of the control block it belongs to.</summary>
    public static uint OwnerOf(ReadOnlySpan<byte> block) => BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);

    /// <summary>Records of a data block of a known type; 0 for a control block.</summary>
    public static int RecordsIn(uint type) => type == Control ? 0 : (int)(type >> 8);

    /// <summary>Offset of the first block: the first multiple of 128 up to 0x4000 that a control block stands on and where six blocks in a row (in a young
    /// file: all that are whole, at least two) begin with a known type word. Null when there is none, or not yet.</summary>
    /// <param name="head">The file's first <see cref="HeadBytes"/>, or all of it.</param>
    public static int? FindStart(ReadOnlySpan<byte> head)
    {
        for (int start = 0; start <= LatestStart && start + BlockBytes <= head.Length; start += BlockBytes)
        {
            if (LooksLikeBlocks(head[start..]))
            {
                return start;
            }
        }

        return null;
    }

    private static bool LooksLikeBlocks(ReadOnlySpan<byte> bytes)
    {
        int blocks = Math.Min(BlocksToBelieve, bytes.Length / BlockBytes);
        for (int block = 0; block < blocks; block++)
        {
            if (!IsKnown(TypeOf(bytes[(block * BlockBytes)..])))
            {
                return false;
            }
        }

        return blocks > 1 && TypeOf(bytes) == Control;
    }
}
