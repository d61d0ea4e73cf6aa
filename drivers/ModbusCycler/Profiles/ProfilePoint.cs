namespace CellLab.Drivers.ModbusCycler.Profiles;

internal enum PointTable { Holding, Input, Coil, Discrete }

internal enum PointType { Bit, U16, I16, U32, I32, F32, Ascii }

/// <summary>One value in the device. Value = raw * <see cref="Scale"/>, or raw / <see cref="FullScale"/> * the value of the point
/// <see cref="Nominal"/>.</summary>
internal sealed record ProfilePoint
{
    public required PointTable Table { get; init; }

    /// <summary>As on the wire, from 0.</summary>
    public required ushort Address { get; init; }

    public required PointType Type { get; init; }

    public int Characters { get; init; }

    /// <summary>Of a value over two registers; usual is the high word first.</summary>
    public bool LowWordFirst { get; init; }

    public double Scale { get; init; } = 1;

    public double? FullScale { get; init; }

    public string? Nominal { get; init; }

    public string? Unit { get; init; }

    /// <summary>The function that writes it: 5, 6, 15 or 16; null when it is only read.</summary>
    public int? Write { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    public bool IsBit => Table is PointTable.Coil or PointTable.Discrete;

    /// <summary>Registers, or 1 for a bit.</summary>
    public int Length => Type switch
    {
        PointType.U32 or PointType.I32 or PointType.F32 => 2,
        PointType.Ascii => (Characters + 1) / 2,
        _ => 1,
    };
}
