namespace CellLab.Messaging.Clients;

/// <summary>Where a broker listens: a TCP host and port, or the path of a Unix socket with port 0.</summary>
public sealed record BrokerAddress
{
    private BrokerAddress(string hostOrPath, int port)
    {
        HostOrPath = hostOrPath;
        Port = port;
    }

    public string HostOrPath { get; }

    public int Port { get; }

    public bool IsUnixSocket => Port == 0;

    public static BrokerAddress Unix(string path) => new(path, 0);

    /// <exception cref="ArgumentOutOfRangeException">The port is not 1 to 65535.</exception>
    public static BrokerAddress Tcp(string host, int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        return new BrokerAddress(host, port);
    }

    public override string ToString() => IsUnixSocket ? $"socket {HostOrPath}" : FormattableString.Invariant($"{HostOrPath}:{Port}");
}
