using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware.Messages;

/// <summary>Log-in: <c>username password type=bfgs</c>; reply <c>result</c> ok or fail.</summary>
internal static class ConnectMessage
{
    public const string Command = "connect";

    public static byte[] Write(string user, string password) => NewareCodec.Request(
        Command, $"<username>{XmlText.Escape(user)}</username><password>{XmlText.Escape(password)}</password><type>bfgs</type>");

    /// <summary>Whether the log-in was accepted.</summary>
    public static bool Read(ReadOnlySpan<byte> frame)
    {
        XmlScanner scanner = ReplyReader.Open(frame, Command + NewareProtocol.ReplySuffix);
        while (scanner.Read())
        {
            if (scanner.Is("result"u8))
            {
                return scanner.RawText().SequenceEqual("ok"u8);
            }
        }

        throw new NewareFormatException("the reply to connect holds no result");
    }
}
