using Microsoft.Extensions.Logging;

namespace CellLab.Messaging.Broker;

public enum BrokerKind
{
    /// <summary>mosquitto as a supervised child.</summary>
    Mosquitto,

    /// <summary>The package MQTTnet.Server inside this process, in builds with the named packages.</summary>
    MqttNet,
}

/// <summary>Makes the broker that the configuration names.</summary>
public static partial class Brokers
{
    /// <exception cref="BrokerException">It is not part of this build.</exception>
    public static IBroker Create(BrokerKind kind, BrokerOptions options, string stateFolder, TimeProvider wall, ILoggerFactory loggers)
    {
        if (kind == BrokerKind.Mosquitto || !options.Managed)
        {
            return new BrokerSupervisor(options, stateFolder, wall, loggers.CreateLogger<BrokerSupervisor>());
        }

        IBroker? named = null;
        CreateNamed(options, stateFolder, wall, loggers, ref named);
        return named ?? throw new BrokerException(
            "mqtt.broker: this build has no MQTTnet; build it with -p:WithNamedPackages=true, or set mqtt.broker to mosquitto");
    }

    static partial void CreateNamed(BrokerOptions options, string stateFolder, TimeProvider wall, ILoggerFactory loggers, ref IBroker? broker);
}
