namespace CellLab.Drivers.SrsRga;

/// <summary>Settings of one head. README.md beside this file lists their names in the configuration.</summary>
public sealed record SrsRgaOptions
{
    public required Uri Address { get; init; }

    /// <summary>Account of the maker's Ethernet adapter; empty for a serial line or a plain device server, which have no log-in.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>The channel's name in pipelines.</summary>
    public string Channel { get; init; } = "gas";

    public double EmissionMilliamperes { get; init; } = 1.0;

    public int ElectronEnergyVolts { get; init; } = 70;

    /// <summary>8 or 12 eV.</summary>
    public int IonEnergyVolts { get; init; } = 12;

    public int FocusVolts { get; init; } = 90;

    /// <summary>0 collects with the Faraday cup.</summary>
    public int MultiplierVolts { get; init; }

    /// <summary>0 slowest and cleanest to 7 fastest, for plans that wish no dwell.</summary>
    public int NoiseFloor { get; init; } = 4;

    /// <summary>Measure the total ion current in every pass.</summary>
    public bool TotalPressure { get; init; }

    /// <summary>Chamber pressure above which the filament is not switched on.</summary>
    public double HighestPressurePascals { get; init; } = SrsRgaProtocol.HighestFilamentTorr * SrsRgaProtocol.PascalsPerTorr;

    /// <summary>Wall time allowed on top of what a command takes by itself.</summary>
    public TimeSpan ReplyMargin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Wall time of silence after which a stream that was out of step counts as quiet.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(300);
}
