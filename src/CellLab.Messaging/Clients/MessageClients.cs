using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Clients;

public enum MessageClientKind
{
    LibMosquitto,

    /// <summary>The package MQTTnet, in builds with the named packages.</summary>
    MqttNet,
}

/// <summary>Makes the client that the configuration names.</summary>
public static partial class MessageClients
{
    /// <summary>A client that is not started yet.</summary>
    /// <exception cref="MessageException">Its library is not installed, or not part of this build.</exception>
    public static IMessageClient Create(MessageClientKind kind, MessageClientOptions options, TimeProvider wall, ILoggerFactory loggers)
    {
        if (kind == MessageClientKind.LibMosquitto)
        {
            return new MosquittoClient(options, wall, loggers.CreateLogger<MosquittoClient>());
        }

        IMessageClient? named = null;
        CreateNamed(options, wall, loggers, ref named);
        return named ?? throw new MessageException(
            "mqtt.client: this build has no MQTTnet; build it with -p:WithNamedPackages=true, or set mqtt.client to libmosquitto");
    }

    static partial void CreateNamed(MessageClientOptions options, TimeProvider wall, ILoggerFactory loggers, ref IMessageClient? client);
}
