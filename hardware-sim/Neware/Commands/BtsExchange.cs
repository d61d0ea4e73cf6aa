using System.Xml.Linq;
using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware.Commands;

/// <summary>One request on its way to one reply; the lab time is read once.</summary>
internal sealed class BtsExchange(BtsSystem system, BtsRequest request)
{
    public BtsSystem System { get; } = system;

    public BtsRequest Request { get; } = request;

    public double Now { get; } = system.Clock.SecondsNow;

    public bool IsYear2025 => System.Settings.ClientYear >= 2025;

    /// <summary>The reply's name: the request's with <c>_resp</c>.</summary>
    public BtsReply Reply() => new(Request.Command + "_resp");

    /// <summary>Answers every element of the list with <c>ok</c> or <c>false</c>; channels that do not exist or are offline get <c>false</c>.</summary>
    public BtsReply ForEach(string element, Func<BtsChannel, XElement, bool> act)
    {
        List<XElement> items = [.. Request.Items(element)];
        BtsReply reply = Reply().OpenList(items.Count);
        foreach (XElement item in items)
        {
            BtsAddress.TryRead(item, out BtsAddress address);
            bool done = System.Find(address) is BtsChannel channel && act(channel, item);
            reply.Element(element, address, Ip(item)).Close(element, done ? "ok" : "false");
        }

        return reply.CloseList();
    }

    public string Ip(XElement item) => (string?)item.Attribute("ip") ?? System.Settings.ServerIp;
}
