namespace CellLab.HardwareSim.Neware;

/// <summary>How one simulated BTS system presents itself.</summary>
internal sealed record BtsSettings
{
    public required string DeviceId { get; init; }
    public required TimeZoneInfo TimeZone { get; init; }
    public string User { get; init; } = "";
    public string Password { get; init; } = "";
    public bool ConnectRequired { get; init; }
    /// <summary>Units of currents, capacities and energies on the wire: 1 for A, 1000 for mA.</summary>
    public double UnitFactor { get; init; } = 1;
    /// <summary>2024: <c>donwload_resp</c> and the short device list; 2025: <c>download_resp</c> and the long one.</summary>
    public int ClientYear { get; init; } = 2024;
    /// <summary>The BTS server's address as it stands in every command.</summary>
    public string ServerIp { get; init; } = "127.0.0.1";
}
