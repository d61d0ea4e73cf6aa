using System.Text;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>Commands of one shape, <c>list/COMMAND A</c> with a word as text: stop, continue, light, clearflag. Replies have the shape of
/// start's; for continue that is inferred.</summary>
internal static class ChannelCommandMessage
{
    public const string Stop = "stop";
    public const string Continue = "continue";
    public const string Light = "light";
    public const string ClearFlag = "clearflag";

    public static byte[] Write(string command, NewareChannel channel, bool value = true) => NewareCodec.Request(
        command, ChannelList.Write([channel], c => $"<{command} {c.AttributesWithIp}>{(value ? "true" : "false")}</{command}>"));

    /// <summary>The answer's word; <c>false</c> is a refusal.</summary>
    public static string Read(ReadOnlySpan<byte> frame, string command, NewareChannel asked)
    {
        XmlScanner scanner = ReplyReader.Open(frame, command + NewareProtocol.ReplySuffix);
        ReplyReader.Expect(ref scanner, Encoding.UTF8.GetBytes(command), 0, 1);
        var address = default(ReplyAddress);
        XmlAttributes attribute = scanner.Attributes;
        while (attribute.MoveNext())
        {
            address.Take(attribute);
        }

        address.CheckWithoutUnit(asked);
        return scanner.Text();
    }
}
