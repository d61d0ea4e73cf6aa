using System.Buffers;
using System.Text;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Drivers.Neware;

/// <summary>Frames of the BTS interface: XML text, then LF LF # CR LF, which older clients leave out in replies. Seen in replies recorded
/// from BTS 8.0 systems (aurora-neware).</summary>
internal static class NewareCodec
{
    private static readonly SearchValues<byte> BetweenDocuments = SearchValues.Create(" \t\r\n#\uFEFF"u8);

    private static ReadOnlySpan<byte> EndOfDocument => "</bts>"u8;

    /// <summary>One request, ready to be sent. <paramref name="body"/> stands after the command and is already escaped.</summary>
    public static byte[] Request(string command, string body) => Encoding.UTF8.GetBytes(
        $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\r\n<bts version=\"1.0\"><cmd>{command}</cmd>{body}</bts>\n\n#\r\n");

    /// <summary>Takes one complete document off the front of what has been received; the terminator and white space before it are dropped.
    /// Returns false, and says with <paramref name="searched"/> how far it looked, when the document is not complete yet.</summary>
    /// <param name="searched">Bytes at the front known not to hold the end; give back what came out last time.</param>
    /// <param name="used">Bytes that belong to the frame and to what stood before it.</param>
    /// <exception cref="NewareFormatException">What stands at the front cannot be a document, or it has no end.</exception>
    public static bool TryReadFrame(ReadOnlySpan<byte> received, ref int searched, out ReadOnlySpan<byte> frame, out int used)
    {
        frame = default;
        used = 0;
        int start = SkipTerminator(received);
        if (start < received.Length && received[start] != '<')
        {
            throw new NewareFormatException($"expected XML, found the byte 0x{received[start]:x2}");
        }

        int from = Math.Max(start, searched);
        int end = received[from..].IndexOf(EndOfDocument);
        if (end < 0)
        {
            searched = Math.Max(start, received.Length - EndOfDocument.Length + 1);
            return received.Length <= NewareProtocol.LargestReplyBytes
                ? false
                : throw new NewareFormatException($"no end of the document within {received.Length} bytes");
        }

        used = from + end + EndOfDocument.Length;
        frame = received[start..used];
        searched = 0;
        return true;
    }

    /// <summary>Length of the terminator, white space and byte-order mark at the front.</summary>
    public static int SkipTerminator(ReadOnlySpan<byte> received)
    {
        int start = received.IndexOfAnyExcept(BetweenDocuments);
        return start < 0 ? received.Length : start;
    }
}
