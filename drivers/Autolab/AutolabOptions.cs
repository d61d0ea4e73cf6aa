namespace CellLab.Drivers.Autolab;

/// <summary>Settings of one Autolab behind its bridge. README.md beside this file lists their names in the configuration.</summary>
internal sealed record AutolabOptions
{
    public required Uri Address { get; init; }

    /// <summary>XML file of the instrument's model, as the bridge's machine sees it.</summary>
    public required string HardwareSetup { get; init; }

    /// <summary>The SDK's native helper <c>Adk.x</c>, as the bridge's machine sees it.</summary>
    public required string Adk { get; init; }

    public string Bandwidth { get; init; } = "High_Stability";

    /// <summary>-1 where a charging current is negative for this wiring.</summary>
    public int CurrentSign { get; init; } = 1;

    /// <summary>-1 where the analyser gives the imaginary part of a capacitor as positive.</summary>
    public int ImaginarySign { get; init; } = 1;

    /// <summary>Longest lab time between two looks of the bridge at limits and cut-offs.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Lab time between two turns.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Wall time after which a request counts as unanswered.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The first connection to an instrument starts the SDK's helper, wall time.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Wall time for a stop to be confirmed.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The bridge says every second that it is alive; after so long without any line it counts as dead, wall time.</summary>
    public TimeSpan AliveTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
