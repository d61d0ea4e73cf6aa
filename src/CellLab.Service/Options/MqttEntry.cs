using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;

namespace CellLab.Service.Options;

/// <summary>Where the broker listens on TCP. A managed one is started and supervised by the acquisition role and listens on loopback alone.</summary>
public sealed record MqttEntry(string Host, int Port, bool Managed)
{
    public MessageClientKind Client { get; init; }

    public BrokerKind Broker { get; init; }
}
