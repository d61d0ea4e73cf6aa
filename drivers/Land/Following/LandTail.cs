using CellLab.Drivers.Land.Ccs;

namespace CellLab.Drivers.Land.Following;

/// <summary>The end of a data file: its last record.</summary>
/// <param name="TestSeconds">Null when the step's beginning lies too far back.</param>
internal sealed record LandTail(double? TestSeconds, double Volts, double Amperes, uint? Step)
{
    private const int MostBlocks = 512;

    /// <summary>Null while there is no record, or its layout is not known.</summary>
    /// <exception cref="IOException">The file cannot be opened now.</exception>
    public static LandTail? Read(LandFile file, int start)
    {
        long blocks = (file.Length - start) / CcsBlocks.BlockBytes;
        long first = Math.Max(0, blocks - MostBlocks);
        byte[] bytes = file.Read(start + (first * CcsBlocks.BlockBytes), MostBlocks * CcsBlocks.BlockBytes);
        int length = 0;
        while (length + CcsBlocks.BlockBytes <= bytes.Length && CcsBlocks.IsKnown(CcsBlocks.TypeOf(bytes.AsSpan(length))))
        {
            length += CcsBlocks.BlockBytes;
        }

        return CcsLayouts.Decide(bytes.AsSpan(0, length)) is { } layout ? Last(bytes.AsSpan(0, length), layout) : null;
    }

    private static LandTail? Last(ReadOnlySpan<byte> blocks, CcsLayout layout)
    {
        CcsControl? control = null;
        CcsRecord? last = null;
        double seconds = 0;
        for (int at = 0; at < blocks.Length; at += CcsBlocks.BlockBytes)
        {
            ReadOnlySpan<byte> block = blocks.Slice(at, CcsBlocks.BlockBytes);
            uint type = CcsBlocks.TypeOf(block);
            if (type == CcsBlocks.Control)
            {
                control = CcsControl.Read(block);
                seconds = 0;
            }

            int records = Math.Min(CcsBlocks.RecordsIn(type), CcsLayouts.RecordsPerBlock(layout));
            for (int index = 0; index < records; index++)
            {
                last = CcsRecord.Read(block, index, layout);
                seconds += last.Value.Seconds;
            }
        }

        return last is { IsFinite: true } found ? new LandTail(control?.TestSeconds + seconds, found.Volts, found.Amperes, control?.Step) : null;
    }
}
