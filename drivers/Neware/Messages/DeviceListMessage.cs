using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>What getdevinfo told. Versions are null from clients before 2025.</summary>
internal sealed record DeviceList(string? ClientVersion, string? ServerVersion, IReadOnlyList<NewareChannel> Channels);

/// <summary>All channels that are online: <c>middle/channel ip devtype devid subdevid Channelid</c>. The text of a channel element means
/// nothing reliable and is not read.</summary>
internal static class DeviceListMessage
{
    public const string Command = "getdevinfo";

    public static byte[] Write() => NewareCodec.Request(Command, "");

    public static DeviceList Read(ReadOnlySpan<byte> frame)
    {
        XmlScanner scanner = ReplyReader.Open(frame, Command + NewareProtocol.ReplySuffix);
        string? client = null;
        string? server = null;
        bool listed = false;
        var channels = new List<NewareChannel>();
        while (scanner.Read())
        {
            if (scanner.Is("client"u8))
            {
                client = Version(scanner.Attributes);
            }
            else if (scanner.Is("server"u8))
            {
                server ??= Version(scanner.Attributes);
            }
            else if (scanner.Is("middle"u8))
            {
                listed = true;
            }
            else if (scanner.Is("channel"u8))
            {
                channels.Add(Channel(scanner.Attributes));
            }
        }

        return listed ? new DeviceList(client, server, channels) : throw new NewareFormatException("the device list has no element middle");
    }

    private static string? Version(XmlAttributes attributes)
    {
        while (attributes.MoveNext())
        {
            if (attributes.Is("version"u8))
            {
                return XmlText.Decode(attributes.Value);
            }
        }

        return null;
    }

    private static NewareChannel Channel(XmlAttributes attributes)
    {
        string ip = "127.0.0.1";
        int? type = null, device = null, unit = null, channel = null;
        while (attributes.MoveNext())
        {
            if (attributes.Is("ip"u8))
            {
                ip = XmlText.Decode(attributes.Value);
            }
            else if (attributes.Is("devtype"u8))
            {
                type = XmlValue.SmallInteger(attributes.Name, attributes.Value);
            }
            else if (attributes.Is("devid"u8))
            {
                device = XmlValue.SmallInteger(attributes.Name, attributes.Value);
            }
            else if (attributes.Is("subdevid"u8))
            {
                unit = XmlValue.SmallInteger(attributes.Name, attributes.Value);
            }
            else if (attributes.Is("Channelid"u8) || attributes.Is("chlid"u8))
            {
                channel = XmlValue.SmallInteger(attributes.Name, attributes.Value);
            }
        }

        return type is null || device is null || unit is null || channel is null
            ? throw new NewareFormatException("a channel of the device list lacks devtype, devid, subdevid or Channelid")
            : new NewareChannel(ip, type.Value, new NewareChannelName(device.Value, unit.Value, channel.Value));
    }
}
