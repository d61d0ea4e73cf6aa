namespace CellLab.Service.Access;

/// <summary>The section <c>access</c> of the configuration, and what follows from the address.</summary>
public sealed record AccessSettings
{
    /// <summary>Everybody has to say who he is, on this machine too. Always so when the service listens beyond loopback or answers to further names.</summary>
    public bool Required { get; init; }

    /// <summary>How long a login lasts.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Requests of one remote address in a second, over a few seconds; this machine's own programs are not counted.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>Logins of one remote address in a minute.</summary>
    public int LoginsPerMinute { get; init; } = 10;
}
