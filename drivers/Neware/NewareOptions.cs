namespace CellLab.Drivers.Neware;

/// <summary>In which unit family this BTS sends currents, capacities and energies. The numbers alone do not tell.</summary>
public enum NewareUnits
{
    /// <summary>A, Ah, Wh.</summary>
    Amperes,

    /// <summary>mA, mAh, mWh.</summary>
    Milliamperes,
}

/// <summary>Settings of one BTS 8.0 system. README.md beside this file lists their names in the configuration.</summary>
public sealed record NewareOptions
{
    public required Uri Address { get; init; }

    /// <summary>Account of the BTS client; only used when <see cref="SendConnect"/>.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Log in after opening. A 2025 client was seen to need no log-in.</summary>
    public bool SendConnect { get; init; } = true;

    /// <summary>Where step files are written.</summary>
    public required string StepFileFolder { get; init; }

    /// <summary>What that folder is called on the BTS PC (drive letter or share).</summary>
    public required string StepFileFolderOnBts { get; init; }

    /// <summary>Of the BTS PC's clock, which records are stamped with.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    public NewareUnits Units { get; init; }

    /// <summary>Channels that must exist, as <c>devid-subdevid-chlid</c>; empty takes all that the BTS reports.</summary>
    public IReadOnlyList<NewareChannelName> Channels { get; init; } = [];

    /// <summary>Family code (27 = BTS85) to take channels from; null takes every family.</summary>
    public int? DeviceType { get; init; }

    /// <summary>State words, besides <c>finish</c>, <c>stop</c> and <c>protect</c>, from which a start is allowed on this system.</summary>
    public IReadOnlyList<string> IdleStates { get; init; } = [];

    /// <summary>Lab time between two readings of all states.</summary>
    public TimeSpan InquireInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lab time between two questions for record counts.</summary>
    public TimeSpan CountInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Lab time after which finished steps are read again although no cycle has ended.</summary>
    public TimeSpan StepLayerInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Lab time between two readings of the device list.</summary>
    public TimeSpan DeviceListInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Wall time after which a request counts as lost (vendor: 30 s).</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wall time for a start, stop or continue to show in the channel's state.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wall time for a reserved pause to show in the channel's state.</summary>
    public TimeSpan PauseTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
