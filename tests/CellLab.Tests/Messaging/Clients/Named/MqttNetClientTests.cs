using CellLab.Messaging.Clients;

namespace CellLab.Tests.Messaging.Clients.Named;

public sealed class MqttNetClientTests : MessageClientConformance
{
    protected override MessageClientKind Kind => MessageClientKind.MqttNet;
}
