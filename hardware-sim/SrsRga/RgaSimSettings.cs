namespace CellLab.HardwareSim.SrsRga;

/// <summary>How one simulated head presents itself.</summary>
internal sealed record RgaSimSettings
{
    public required string DeviceId { get; init; }

    /// <summary>100, 200 or 300.</summary>
    public int HighestMass { get; init; } = 200;

    public string Firmware { get; init; } = "0.24";

    public int SerialNumber { get; init; } = 10023;

    public bool Multiplier { get; init; } = true;

    /// <summary>The tuning jumper.</summary>
    public bool TuningAllowed { get; init; }

    /// <summary>Account of the Ethernet adapter; null for a plain serial line or device server.</summary>
    public string? User { get; init; }

    public string Password { get; init; } = "";
}
