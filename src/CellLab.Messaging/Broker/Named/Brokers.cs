using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Broker;

public static partial class Brokers
{
    static partial void CreateNamed(BrokerOptions options, string stateFolder, TimeProvider wall, ILoggerFactory loggers, ref IBroker? broker) =>
        broker = new Named.MqttNetBroker(options, stateFolder, wall, loggers.CreateLogger<Named.MqttNetBroker>());
}
