using System.Buffers.Binary;

namespace CellLab.Drivers.Land.Ccs;

/// <summary>A control block: a step has begun.</summary>
/// <param name="PreviousOffset">File offset of the control block before; 0 for the first of a file.</param>
/// <param name="Cycle">From 0.</param>
/// <param name="Step">Number of the step in the tester's program.</param>
/// <param name="TestSeconds">Time of the test at which the step began.</param>
/// <param name="ClockMilliseconds">A clock that counts milliseconds; its epoch is not established.</param>
public readonly record struct CcsControl(uint PreviousOffset, uint Mode, uint Cycle, uint Step, double TestSeconds, ulong ClockMilliseconds)
{
    public const uint Rest = 1;

    /// <summary>Readers disagree about the other modes: 0x24 and 0x44 are constant current, which way the sign of the current tells.</summary>
    public const uint ConstantVoltage = 0x21;

    /// <param name="block">A block of type <see cref="CcsBlocks.Control"/>.</param>
    public static CcsControl Read(ReadOnlySpan<byte> block) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(block[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(block[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(block[12..]),
        BinaryPrimitives.ReadUInt32LittleEndian(block[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(block[24..]) * 1e-3,
        BinaryPrimitives.ReadUInt64LittleEndian(block[56..]));
}
