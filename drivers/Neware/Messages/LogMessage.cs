using System.Globalization;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>One line of a test's log; the list of codes is not public.</summary>
internal readonly record struct LogLine(long Number, int Code, DateTime LocalTime);

/// <summary>downloadlog: the element of the request is <c>download</c>. The reply's command is misspelt like that of download.</summary>
internal static class LogMessage
{
    public const string Command = "downloadlog";
    private const string Replies = "downloadlog_resp donwloadlog_resp";

    public static byte[] Write(NewareChannel channel, long testId) => NewareCodec.Request(
        Command, string.Create(CultureInfo.InvariantCulture, $"<download {channel.Attributes} testid=\"{testId}\"/>"));

    public static IReadOnlyList<LogLine> Read(ReadOnlySpan<byte> frame, NewareChannel asked)
    {
        XmlScanner scanner = ReplyReader.Open(frame, Replies);
        var lines = new List<LogLine>();
        while (ReplyReader.NextData(ref scanner, "download"u8, asked))
        {
            lines.Add(One(scanner.Attributes));
        }

        return lines;
    }

    private static LogLine One(XmlAttributes attribute)
    {
        long number = 0;
        int code = 0;
        DateTime time = default;
        while (attribute.MoveNext())
        {
            if (attribute.Is("seqid"u8))
            {
                number = XmlValue.Integer(attribute.Name, attribute.Value);
            }
            else if (attribute.Is("log_code"u8))
            {
                code = XmlValue.SmallInteger(attribute.Name, attribute.Value);
            }
            else if (attribute.Is("atime"u8))
            {
                time = XmlValue.LocalTime(attribute.Name, attribute.Value);
            }
        }

        return new LogLine(number, code, time);
    }
}
