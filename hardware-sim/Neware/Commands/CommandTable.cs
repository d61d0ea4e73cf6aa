using System.Xml.Linq;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware.Commands;

/// <summary>The commands that the server knows, by their case-sensitive names.</summary>
internal static class CommandTable
{
    private static readonly Dictionary<string, Func<BtsExchange, BtsReply>> Commands = new(StringComparer.Ordinal)
    {
        ["connect"] = ConnectCommands.Connect,
        ["getdevinfo"] = ConnectCommands.DeviceInfo,
        ["getchlstatus"] = StateCommands.Status,
        ["inquire"] = StateCommands.Inquire,
        ["inquiredf"] = StateCommands.RecordCounts,
        ["download"] = DownloadCommands.Records,
        ["downloadStepLayer"] = DownloadCommands.StepLayer,
        ["downloadlog"] = DownloadCommands.Log,
        ["start"] = RunCommands.Start,
        ["stop"] = RunCommands.Stop,
        ["broadcaststop"] = RunCommands.StopDevice,
        ["continue"] = RunCommands.Continue,
        ["goto"] = RunCommands.GoTo,
        ["setpause"] = RunCommands.SetPause,
        ["cancelpause"] = RunCommands.CancelPause,
        ["getpause"] = RunCommands.GetPause,
        ["reset"] = RunCommands.Reset,
        ["light"] = x => x.ForEach("light", (_, _) => true),
        ["clearflag"] = x => x.ForEach("clearflag", (_, _) => true),
        ["chl_ctrl"] = x => x.ForEach("chl_ctrl", (_, _) => true),
        ["resetalarm"] = ResetAlarm,
        ["parallel"] = x => x.ForEach("parallel", (_, _) => false),
        ["getparallel"] = x => x.ForEach("getparallel", (_, _) => false),
    };

    /// <summary>An unknown command is answered with <c>false</c>.</summary>
    public static BtsReply Answer(BtsExchange exchange) =>
        Commands.TryGetValue(exchange.Request.Command, out Func<BtsExchange, BtsReply>? command)
            ? command(exchange)
            : exchange.Reply().Result("false");

    private static BtsReply ResetAlarm(BtsExchange x)
    {
        List<XElement> items = [.. x.Request.Items("resetalarm")];
        BtsReply reply = x.Reply().OpenList(items.Count);
        foreach (XElement item in items)
        {
            reply.Text.Raw("<resetalarm"u8);
            reply.Attribute("ip", x.Ip(item)).Attribute("devtype", BtsAddress.Number(item, "devtype") ?? 0)
                .Attribute("devid", BtsAddress.Number(item, "devid") ?? 0).Close("resetalarm", "ok");
        }

        return reply.CloseList();
    }
}
