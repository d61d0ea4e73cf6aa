using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;

namespace CellLab.Service.Options;

/// <summary>Where the broker listens on TCP. A managed one is started and supervised by the acquisition role and listens on loopback alone.</summary>
public sealed record MqttEntry(string Host, int Port, bool Managed)
{
    public MessageClientKind Client { get; init; }

    public BrokerKind Broker { get; init; }

    /// <summary>This node's account at a broker that somebody else runs; its password is the first line of <see cref="PasswordFile"/> (full path).</summary>
    public string? User { get; init; }

    public string? PasswordFile { get; init; }

    public string? ReadPassword() => PasswordFile is { } file ? System.IO.File.ReadLines(file).FirstOrDefault() : null;
}
