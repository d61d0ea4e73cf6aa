using System.Buffers.Binary;

namespace CellLab.Drivers.Land.Ccs;

/// <summary>One record of a data block. Values are as they stand in the file and may be anything that a float can be.</summary>
/// <param name="Seconds">Since the record before.</param>
/// <param name="Amperes">Positive charges.</param>
/// <param name="AmpereHours">Moved since the record before; a magnitude.</param>
/// <param name="WattHours">Likewise; negative in discharge.</param>
/// <param name="Ohms">Null in files with short records.</param>
public readonly record struct CcsRecord(double Seconds, float Volts, float Amperes, float AmpereHours, float WattHours, float? Ohms)
{
    /// <summary>Voltage and current are numbers.</summary>
    public bool IsFinite => float.IsFinite(Volts) && float.IsFinite(Amperes);

    /// <param name="index">From 0; less than the number in the block's type word.</param>
    public static CcsRecord Read(ReadOnlySpan<byte> block, int index, CcsLayout layout)
    {
        ReadOnlySpan<byte> bytes = block.Slice(CcsBlocks.FirstRecord + (index * (int)layout), (int)layout);
        return new CcsRecord(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes) * 1e-3,
            BinaryPrimitives.ReadSingleLittleEndian(bytes[4..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[8..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[12..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[16..]),
            layout == CcsLayout.WithResistance ? BinaryPrimitives.ReadSingleLittleEndian(bytes[20..]) : null);
    }
}
