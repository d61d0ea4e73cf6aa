using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Clients;

public static partial class MessageClients
{
    static partial void CreateNamed(MessageClientOptions options, TimeProvider wall, ILoggerFactory loggers, ref IMessageClient? client) =>
        client = new Named.MqttNetClient(options, wall, loggers.CreateLogger<Named.MqttNetClient>());
}
