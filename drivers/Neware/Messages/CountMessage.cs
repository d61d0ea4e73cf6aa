using System.Globalization;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>How much of a test is stored. <see cref="TestId"/> is null when the channel holds no test. <see cref="Complete"/>: the test is
/// over and everything is uploaded.</summary>
internal readonly record struct StoredCount(long? TestId, long Count, bool Complete);

/// <summary>inquiredf: <c>list/chl</c>; text true = complete, false = still growing.</summary>
internal static class CountMessage
{
    public const string Command = "inquiredf";

    public static byte[] Write(IReadOnlyList<NewareChannel> channels, long testId) => NewareCodec.Request(
        Command,
        ChannelList.Write(channels, c => string.Create(CultureInfo.InvariantCulture, $"<chl {c.Attributes} testid=\"{testId}\"/>")));

    /// <summary>One for each channel asked, in their order.</summary>
    public static StoredCount[] Read(ReadOnlySpan<byte> frame, IReadOnlyList<NewareChannel> asked)
    {
        XmlScanner scanner = ReplyReader.Open(frame, Command + NewareProtocol.ReplySuffix);
        var counts = new StoredCount[asked.Count];
        for (int i = 0; i < counts.Length; i++)
        {
            ReplyReader.Expect(ref scanner, "chl"u8, i, counts.Length);
            counts[i] = One(scanner, asked[i]);
        }

        return counts;
    }

    private static StoredCount One(XmlScanner scanner, NewareChannel asked)
    {
        var address = default(ReplyAddress);
        long testId = 0;
        long count = 0;
        XmlAttributes attribute = scanner.Attributes;
        while (attribute.MoveNext())
        {
            if (attribute.Is("testid"u8))
            {
                testId = XmlValue.Integer(attribute.Name, attribute.Value);
            }
            else if (attribute.Is("count"u8))
            {
                count = XmlValue.Integer(attribute.Name, attribute.Value);
            }
            else
            {
                address.Take(attribute);
            }
        }

        address.Check(asked);
        return new StoredCount(testId > 0 ? testId : null, count, scanner.RawText().SequenceEqual("true"u8));
    }
}
