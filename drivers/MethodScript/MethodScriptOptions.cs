namespace CellLab.Drivers.MethodScript;

/// <summary>Settings of one potentiostat. README.md beside this file lists their names in the configuration.</summary>
internal sealed record MethodScriptOptions
{
    public required Uri Address { get; init; }

    public required MethodScriptModel Model { get; init; }

    /// <summary>What the reply to <c>t</c> must begin with; null accepts every instrument.</summary>
    public string? IdentityType { get; init; }

    /// <summary>Number of <c>set_pgstat_mode</c> that holds potentials and measures spectra.</summary>
    public int PotentiostatMode { get; init; } = 3;

    /// <summary>Number of <c>set_pgstat_mode</c> that holds currents.</summary>
    public int GalvanostatMode { get; init; } = 6;

    /// <summary>-1 where a charging current is negative for this wiring.</summary>
    public int CurrentSign { get; init; } = 1;

    /// <summary>Longest lab time between two looks of the instrument at limits and cut-offs.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Lab time between two turns.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Wall time after which a command counts as unanswered.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wall time for a stop to be confirmed.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wall time that a running script may be silent beyond what its intervals explain.</summary>
    public TimeSpan SilenceMargin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the instrument does not listen after a refusal (50 to 100 ms seen), wall time.</summary>
    public TimeSpan DeafTime { get; init; } = TimeSpan.FromMilliseconds(150);
}
