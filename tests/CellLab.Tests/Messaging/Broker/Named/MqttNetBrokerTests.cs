using CellLab.Messaging.Broker;

namespace CellLab.Tests.Messaging.Broker.Named;

public sealed class MqttNetBrokerTests : BrokerConformance
{
    protected override BrokerKind Kind => BrokerKind.MqttNet;
}
