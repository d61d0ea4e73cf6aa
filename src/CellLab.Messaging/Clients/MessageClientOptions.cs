namespace CellLab.Messaging.Clients;

/// <summary>Settings of one client connection. All times are wall time.</summary>
public sealed record MessageClientOptions
{
    public required BrokerAddress Broker { get; init; }

    /// <summary>Stable over restarts of the process, and its own at the broker: a second client of the same name throws the first one out.</summary>
    public required string ClientId { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>At least 5 s (a limit of the library).</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the broker keeps our subscriptions and what arrives for them while we are away.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Messages that wait for a slow reader before the client stops reading from the broker.</summary>
    public int IncomingCapacity { get; init; } = 1000;

    /// <summary>QoS 1 messages on their way at the same time, each direction; the broker may allow fewer.</summary>
    public ushort InFlight { get; init; } = 1000;

    public Announcement? Announcement { get; init; }
}

/// <summary>A retained message that says whether this process is there: published at every connect, replaced by
/// <paramref name="Offline"/> by ourselves at the end, or by the broker (as the will) when the connection is lost.</summary>
/// <param name="Online">Asked at every connect, on the client's thread.</param>
public sealed record Announcement(string Topic, Func<byte[]> Online, byte[] Offline);
