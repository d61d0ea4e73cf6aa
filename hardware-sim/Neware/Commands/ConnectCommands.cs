using System.Globalization;
using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware.Commands;

/// <summary>connect and getdevinfo.</summary>
internal static class ConnectCommands
{
    public static bool IsAccount(BtsExchange x) =>
        x.Request.Text("username") == x.System.Settings.User && x.Request.Text("password") == x.System.Settings.Password;

    public static BtsReply Connect(BtsExchange x) => x.Reply().Result(IsAccount(x) ? "ok" : "fail");

    /// <summary>The channel's text is <c>true</c> for those that do not run; a unit may have vanished (list-shrink).</summary>
    public static BtsReply DeviceInfo(BtsExchange x)
    {
        BtsReply reply = x.Reply();
        string ip = x.System.Settings.ServerIp;
        WriteServer(x, reply, ip);
        List<BtsChannel> shown = [.. x.System.Channels.Where(x.System.IsOnline)];
        reply.Text.Raw("<middle count=\""u8).Number(shown.Count).Raw("\">\r\n"u8);
        foreach (BtsChannel channel in shown)
        {
            bool runs = channel.At(x.Now, c => c.State == RunState.Working);
            BtsAddress a = channel.Address;
            reply.Text.Raw("<channel"u8);
            reply.Attribute("ip", ip).Attribute("devtype", a.DeviceType).Attribute("devid", a.Device).Attribute("subdevid", a.Unit);
            reply.Attribute("Channelid", a.Channel).Close("channel", runs ? "false" : "true");
        }

        reply.Text.Raw("</middle>\r\n"u8);
        return reply;
    }

    private static void WriteServer(BtsExchange x, BtsReply reply, string ip)
    {
        if (!x.IsYear2025)
        {
            reply.Text.Raw("<server"u8);
            reply.Attribute("ip", ip).Attribute("port", 3306).CloseEmpty();
            return;
        }

        reply.Text.Raw("<client version=\"BTS Client 2025.11.24(R3) (64)\"/>\r\n<serverip count=\"1\">\r\n<server"u8);
        ILookup<int, BtsChannel> devices = x.System.Channels.ToLookup(c => c.Address.Device);
        reply.Attribute("ip", ip).Attribute("port", 3306).Attribute("version", "8.0.4.546").Attribute("devCount", devices.Count).Open();
        foreach (IGrouping<int, BtsChannel> device in devices)
        {
            int[] units = [.. device.Select(c => c.Address.Unit).Distinct()];
            reply.Text.Raw("<dev"u8);
            reply.Attribute("ip", string.Create(CultureInfo.InvariantCulture, $"192.168.1.{device.Key}")).Attribute("devid", device.Key);
            reply.Attribute("zwjVersion", "simulated").Attribute("xwjCount", units.Length).Open();
            foreach (int unit in units)
            {
                reply.Text.Raw("<xwj"u8);
                reply.Attribute("id", unit).Attribute("xwjVersion", "simulated").Attribute("xwjGuid", "0").CloseEmpty();
            }

            reply.Text.Raw("</dev>\r\n"u8);
        }

        reply.Text.Raw("</server>\r\n</serverip>\r\n"u8);
    }
}
