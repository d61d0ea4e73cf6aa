using System.Globalization;
using CellLab.Drivers.Land.Ccs;

namespace CellLab.Drivers.Land.Following;

/// <summary>Reads on in one data file from where the state stands.</summary>
internal sealed class LandReader(LandFollowState state, LandRecordMaker maker, List<string> notes)
{
    /// <summary>Some 2,500 records.</summary>
    private const int MostBytes = 512 * CcsBlocks.BlockBytes;

    /// <param name="start">Of the file's first block.</param>
    /// <param name="continues">The file continues another.</param>
    /// <param name="final">Nothing more is expected: what is not decided yet is decided.</param>
    /// <returns>Whether more whole blocks wait.</returns>
    /// <exception cref="IOException">The file cannot be opened now.</exception>
    public bool Read(LandFile file, int start, bool continues, bool final)
    {
        if (state.Offset == 0)
        {
            state.Offset = start;
        }

        long begin = state.Offset;
        byte[] bytes = file.Read(begin, MostBytes);
        ReadOnlySpan<byte> blocks = Known(bytes, begin);
        CcsLayout? layout = LayoutOf(blocks, final);
        for (int at = 0; at < blocks.Length; at += CcsBlocks.BlockBytes)
        {
            ReadOnlySpan<byte> block = blocks.Slice(at, CcsBlocks.BlockBytes);
            bool isLast = at + CcsBlocks.BlockBytes >= blocks.Length;
            if (!Take(block, layout, isLast, continues && begin + at == start))
            {
                break;
            }

            (state.Offset, state.Taken) = (begin + at + CcsBlocks.BlockBytes, 0);
        }

        return bytes.Length == MostBytes && state.Offset > begin;
    }

    /// <returns>Whether the block is done with; the last block may still be written again with more records.</returns>
    private bool Take(ReadOnlySpan<byte> block, CcsLayout? layout, bool isLast, bool continues)
    {
        uint type = CcsBlocks.TypeOf(block);
        if (type == CcsBlocks.Control)
        {
            maker.Begin(CcsControl.Read(block), continues);
            return true;
        }

        int records = CcsBlocks.RecordsIn(type);
        int known = layout is null ? 1 : records; // the first record is the same in both layouts
        for (; state.Taken < Math.Min(records, known); state.Taken++)
        {
            maker.Take(CcsRecord.Read(block, state.Taken, layout ?? CcsLayout.WithResistance));
        }

        return layout is { } decided ? !isLast || records >= CcsLayouts.RecordsPerBlock(decided) : records == 1 && !isLast;
    }

    private CcsLayout? LayoutOf(ReadOnlySpan<byte> blocks, bool final)
    {
        if (state.RecordBytes != 0)
        {
            return (CcsLayout)state.RecordBytes;
        }

        CcsLayout? decided = CcsLayouts.Decide(blocks) ?? (final ? CcsLayout.WithResistance : null);
        state.RecordBytes = (int)(decided ?? 0);
        return decided;
    }

    /// <summary>Whole blocks up to the first that is not understood: reading waits there.</summary>
    private ReadOnlySpan<byte> Known(ReadOnlySpan<byte> bytes, long begin)
    {
        int length = 0;
        while (length + CcsBlocks.BlockBytes <= bytes.Length && IsExpected(CcsBlocks.TypeOf(bytes[length..])))
        {
            length += CcsBlocks.BlockBytes;
        }

        if (length + CcsBlocks.BlockBytes > bytes.Length)
        {
            state.Told &= ~LandTold.UnknownBlock; // one that was waited at has been put right
        }
        else if (!state.Told.HasFlag(LandTold.UnknownBlock))
        {
            state.Told |= LandTold.UnknownBlock;
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The data file has a block of type 0x{CcsBlocks.TypeOf(bytes[length..]):X} at offset {begin + length}, which is not expected there; reading waits at it."));
        }

        return bytes[..length];
    }

    /// <summary>Six records cannot stand in a file of long ones.</summary>
    private bool IsExpected(uint type) =>
        CcsBlocks.IsKnown(type) && !(type == CcsBlocks.SixRecords && state.RecordBytes == (int)CcsLayout.WithResistance);
}
