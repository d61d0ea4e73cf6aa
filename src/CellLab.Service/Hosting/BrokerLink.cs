using CellLab.Messaging;
using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;
using CellLab.Service.Options;

namespace CellLab.Service.Hosting;

/// <summary>How this node's processes reach their broker.</summary>
internal static class BrokerLink
{
    /// <summary>Names another mosquitto than the one that is installed in a usual place.</summary>
    private const string ExecutableVariable = "CELLLAB_MOSQUITTO";

    /// <summary>With the accounts of the node's own processes; makes the node's key where there is none.</summary>
    public static BrokerOptions OptionsWithAccounts(ServiceConfiguration configuration)
    {
        BrokerOptions options = Options(configuration);
        return options with { Access = options.Access with { Own = BrokerAccounts.Own(configuration) } };
    }

    public static BrokerOptions Options(ServiceConfiguration configuration) => new()
    {
        Host = configuration.Mqtt.Host,
        Port = configuration.Mqtt.Port,
        Managed = configuration.Mqtt.Managed,
        Access = BrokerAccounts.Access(configuration),
        Executable = Environment.GetEnvironmentVariable(ExecutableVariable) ?? new BrokerOptions().Executable,
    };

    /// <summary>Asked before the data folder is made, so that a refused start leaves nothing behind.</summary>
    /// <exception cref="StartRefusedException">The managed broker cannot be started: its program is missing, its port taken, its address public.</exception>
    public static void RefuseUnusable(ServiceConfiguration configuration)
    {
        try
        {
            if (configuration.Access.Required && configuration.Mqtt is { Managed: true, Broker: BrokerKind.MqttNet })
            {
                throw new BrokerException("mqtt.broker: mqttnet knows no users, and a login is asked for; use mosquitto");
            }

            BrokerReadiness.Require(configuration.Mqtt.Broker, Options(configuration), configuration.DataFolder);
        }
        catch (BrokerException refused)
        {
            throw new StartRefusedException($"{configuration.File}: {refused.Message}.", refused);
        }
    }

    /// <summary>A client that is not started yet. <paramref name="role"/> keeps two processes of one node apart.</summary>
    public static IMessageClient CreateClient(ProcessContext context, string role, Announcement? announcement)
    {
        ServiceConfiguration configuration = context.Configuration;
        var options = new MessageClientOptions
        {
            Broker = Options(configuration).AddressFor(configuration.DataFolder),
            ClientId = $"celllab-{configuration.Site}-{configuration.Node}-{role}",
            User = configuration.Mqtt.Managed ? role : configuration.Mqtt.User,
            Password = configuration.Mqtt.Managed ? BrokerAccounts.Secret(configuration, role) : configuration.Mqtt.ReadPassword(),
            Announcement = announcement,
        };
        return MessageClients.Create(configuration.Mqtt.Client, options, context.Clocks.Wall, context.Loggers);
    }
}
