using CellLab.Messaging.Clients;

namespace CellLab.Messaging.Broker;

/// <summary>The section <c>mqtt</c> of the configuration.</summary>
public sealed record BrokerOptions
{
    public const int DefaultPort = 18830;

    /// <summary>Where others read, and where an external broker is. A managed broker takes other addresses than loopback only with TLS and without readers that have no name.</summary>
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = DefaultPort;

    /// <summary>True: mosquitto runs as our child. False: a broker that somebody else runs is used at host and port.</summary>
    public bool Managed { get; init; } = true;

    /// <summary>Who may do what at a managed broker.</summary>
    public BrokerAccess Access { get; init; } = new();

    /// <summary>Name or path of the executable of the managed broker.</summary>
    public string Executable { get; init; } = "mosquitto";

    /// <summary>Where our own processes connect: the managed broker's Unix socket in the state folder, or the external broker.</summary>
    public BrokerAddress AddressFor(string stateFolder) =>
        Managed ? BrokerAddress.Unix(BrokerFiles.In(stateFolder).Socket) : BrokerAddress.Tcp(Host, Port);
}
