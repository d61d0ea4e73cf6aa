namespace CellLab.Drivers.Land.Ccs;

/// <summary>The two record layouts, by the bytes of a record.</summary>
public enum CcsLayout
{
    /// <summary>Files in which a block holds up to six records.</summary>
    WithoutResistance = 20,

    /// <summary>Files in which a block holds five records at most.</summary>
    WithResistance = 24,
}

/// <summary>Tells the layout of a file that may still grow.</summary>
public static class CcsLayouts
{
    private const double LongestIntervalSeconds = 86400;
    private const float MostVolts = 1000;
    private const float MostAmperes = 10000;

    /// <summary>Most records that a block holds.</summary>
    public static int RecordsPerBlock(CcsLayout layout) => layout == CcsLayout.WithoutResistance ? 6 : 5;

    /// <summary>A block of six records tells it; else the layout in which the second and later records make sense while they do not in the other. Null while
    /// that is not known: the first record of a block is the same in both.</summary>
    /// <param name="blocks">Whole blocks of known types.</param>
    public static CcsLayout? Decide(ReadOnlySpan<byte> blocks)
    {
        bool mayBeShort = true;
        bool mayBeLong = true;
        for (int offset = 0; offset + CcsBlocks.BlockBytes <= blocks.Length; offset += CcsBlocks.BlockBytes)
        {
            ReadOnlySpan<byte> block = blocks.Slice(offset, CcsBlocks.BlockBytes);
            uint type = CcsBlocks.TypeOf(block);
            if (type == CcsBlocks.SixRecords)
            {
                return CcsLayout.WithoutResistance;
            }

            mayBeShort &= MakesSense(block, type, CcsLayout.WithoutResistance);
            mayBeLong &= MakesSense(block, type, CcsLayout.WithResistance);
            if (mayBeShort != mayBeLong)
            {
                return mayBeShort ? CcsLayout.WithoutResistance : CcsLayout.WithResistance;
            }
        }

        return null;
    }

    /// <summary>Read at a wrong place, a voltage is a time of weeks, or a time a voltage of 1e-40 V.</summary>
    private static bool MakesSense(ReadOnlySpan<byte> block, uint type, CcsLayout layout)
    {
        for (int index = 1; index < CcsBlocks.RecordsIn(type); index++)
        {
            CcsRecord record = CcsRecord.Read(block, index, layout);
            if (record.Seconds > LongestIntervalSeconds || !IsNumber(record.Volts, MostVolts) || !IsNumber(record.Amperes, MostAmperes))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNumber(float value, float most) => value == 0 || (float.IsNormal(value) && Math.Abs(value) <= most);
}
