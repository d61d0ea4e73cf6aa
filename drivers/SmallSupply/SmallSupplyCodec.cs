using CellLab.Core.Devices;

namespace CellLab.Drivers.SmallSupply;

/// <summary>Registers to SI and back: volts x 1000, amperes x 10000.</summary>
internal static class SmallSupplyCodec
{
    public static ushort Volts(double volts) => (ushort)Math.Round(volts * 1e3);

    public static ushort Amperes(double amperes) => (ushort)Math.Round(amperes * 1e4);

    /// <param name="look">Registers 8 to 18: 10 voltage, 11 current, 16 protection (1 OVP, 2 OCP), 18 output.</param>
    public static SourceReading Read(ReadOnlySpan<ushort> look, DateTimeOffset takenAtUtc) => new(
        takenAtUtc,
        look[2] * 1e-3,
        look[3] * 1e-4,
        look[10] != 0,
        look[8] switch { 0 => null, 1 => "over-voltage protection has opened the output", _ => "over-current protection has opened the output" });
}
