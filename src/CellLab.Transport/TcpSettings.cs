namespace CellLab.Transport;

/// <summary>Wall times of a TCP connection.</summary>
public sealed record TcpSettings
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence after which the first keep-alive probe goes out.</summary>
    public TimeSpan KeepAliveAfter { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Unanswered probes after which the connection counts as lost.</summary>
    public int KeepAliveProbes { get; init; } = 3;
}
