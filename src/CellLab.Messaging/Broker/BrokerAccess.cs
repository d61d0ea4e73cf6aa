namespace CellLab.Messaging.Broker;

/// <summary>Who may do what at a managed broker. Everybody who comes over TCP reads at the most; nobody but the node's own processes publishes.</summary>
public sealed record BrokerAccess
{
    /// <summary>What readers see.</summary>
    public string ReadableTopics { get; init; } = "celllab/v1/#";

    /// <summary>Whoever reaches the port may read without a name.</summary>
    public bool AnonymousMayRead { get; init; } = true;

    /// <summary>TLS on the port; null for none.</summary>
    public BrokerCertificate? Certificate { get; init; }

    /// <summary>The node's own processes on the Unix socket; none: whoever can open the socket may do everything.</summary>
    public IReadOnlyList<OwnAccount> Own { get; init; } = [];
}

/// <summary>A name and the hash of its secret in mosquitto's form (<c>$7$iterations$salt$hash</c>, mosquitto_passwd(1)).</summary>
public sealed record BrokerReader(string Name, string Hash);

/// <param name="Publishes">Topic filters that it may publish to; null for all.</param>
public sealed record OwnAccount(string Name, string Hash, IReadOnlyList<string>? Publishes);

/// <summary>PEM files: the chain, and its key.</summary>
public sealed record BrokerCertificate(string File, string KeyFile);
