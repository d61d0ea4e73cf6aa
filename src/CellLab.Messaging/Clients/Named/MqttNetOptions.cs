using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CellLab.Messaging.Clients.Named;

/// <summary>Our options in MQTTnet's words.</summary>
internal static class MqttNetOptions
{
    public static MqttClientOptions Of(MessageClientOptions options, string clientId, Announcement? announcement)
    {
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithEndPoint(EndPoint(options.Broker))
            .WithClientId(clientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)options.SessionExpiry.TotalSeconds)
            .WithReceiveMaximum(options.InFlight)
            .WithKeepAlivePeriod(options.KeepAlive);
        if (options.User is not null)
        {
            builder.WithCredentials(options.User, options.Password ?? "");
        }

        if (announcement is not null)
        {
            builder.WithWillTopic(announcement.Topic).WithWillPayload(announcement.Offline).WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        if (options.Broker.IsUnixSocket)
        {
            builder.WithAddressFamily(AddressFamily.Unix).WithProtocolType(ProtocolType.Unspecified);
        }

        MqttClientOptions built = builder.Build();
        // Its usual one throws away what is still to be sent when the connection closes, the goodbye too.
        ((MqttClientTcpOptions)built.ChannelOptions).LingerState = new LingerOption(false, 0);
        return built;
    }

    public static MqttApplicationMessage Message(Outgoing message) => new()
    {
        Topic = message.Topic,
        PayloadSegment = message.Payload,
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.Qos,
        Retain = message.Retain,
    };

    private static EndPoint EndPoint(BrokerAddress broker)
    {
        if (broker.IsUnixSocket)
        {
            return new UnixDomainSocketEndPoint(broker.HostOrPath);
        }

        return IPAddress.TryParse(broker.HostOrPath, out IPAddress? address)
            ? new IPEndPoint(address, broker.Port)
            : new DnsEndPoint(broker.HostOrPath, broker.Port);
    }
}
