namespace CellLab.Drivers.SmallSupply;

/// <summary>Registers of a Riden RD6006P as libsigrok (rdtech-dps) and Baldanos/rd6006 use them.</summary>
internal static class SmallSupplyProtocol
{
    public const ushort Model = 0;
    public const ushort SetVoltage = 8;
    public const ushort SetCurrent = 9;
    public const ushort Output = 18;
    public const ushort OverVoltage = 82;
    public const ushort OverCurrent = 83;

    /// <summary>What <see cref="Model"/> reads on an RD6006P.</summary>
    public const ushort Rd6006P = 60065;

    /// <summary>First register and number of one look: set voltage to output.</summary>
    public const ushort LookFrom = SetVoltage;
    public const int LookCount = 11;

    public const double MostVolts = 60;
    public const double MostAmperes = 6;
}
