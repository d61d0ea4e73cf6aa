using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>State words now: <c>list/status</c>. The unit in the reply was seen to be 1 whatever was asked, so elements are matched by
/// position.</summary>
internal static class ChannelStatusMessage
{
    public const string Command = "getchlstatus";

    public static byte[] Write(IReadOnlyList<NewareChannel> channels) =>
        NewareCodec.Request(Command, ChannelList.Write(channels, c => $"<status {c.AttributesWithIp}>true</status>"));

    /// <summary>One word for each channel asked, in their order.</summary>
    public static string[] Read(ReadOnlySpan<byte> frame, IReadOnlyList<NewareChannel> asked)
    {
        XmlScanner scanner = ReplyReader.Open(frame, Command + NewareProtocol.ReplySuffix);
        string[] words = new string[asked.Count];
        for (int i = 0; i < words.Length; i++)
        {
            ReplyReader.Expect(ref scanner, "status"u8, i, words.Length);
            var address = default(ReplyAddress);
            XmlAttributes attributes = scanner.Attributes;
            while (attributes.MoveNext())
            {
                address.Take(attributes);
            }

            address.CheckWithoutUnit(asked[i]);
            words[i] = scanner.Text();
        }

        return words;
    }
}
