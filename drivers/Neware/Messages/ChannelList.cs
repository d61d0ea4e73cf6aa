using System.Globalization;
using System.Text;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>The list most requests consist of: one element a channel.</summary>
internal static class ChannelList
{
    public static string Write(IReadOnlyList<NewareChannel> channels, Func<NewareChannel, string> element)
    {
        var list = new StringBuilder();
        list.Append(CultureInfo.InvariantCulture, $"<list count=\"{channels.Count}\">");
        foreach (NewareChannel channel in channels)
        {
            list.Append(element(channel));
        }

        return list.Append("</list>").ToString();
    }
}
