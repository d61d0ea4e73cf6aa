using System.Text;
using CellLab.Drivers.Neware;
using CellLab.Drivers.Neware.Wire;

namespace CellLab.Tests.Drivers.Neware;

public sealed class FramingTests
{
    private static readonly byte[] s_two =
    [
        .. Texts.Reply("getchlstatus_resp", "<list count = \"1\"><status devid=\"21\" chlid=\"2\">finish</status></list>"),
        .. Texts.Reply("inquire_resp", "<list count=\"1\"><inquire barcode=\"Zelle_ä_电池\"/></list>"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2048)]
    public void Replies_are_the_same_in_pieces_of_any_size(int size)
    {
        List<string> frames = ReadInPieces(s_two, size);

        Assert.Equal(2, frames.Count);
        Assert.StartsWith("<?xml", frames[0], StringComparison.Ordinal);
        Assert.EndsWith("</bts>", frames[0], StringComparison.Ordinal);
        Assert.Contains("Zelle_ä_电池", frames[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("\n\n#\r\n")]
    [InlineData("#\r\n")]
    public void The_terminator_between_replies_may_be_there_or_not(string terminator)
    {
        byte[] stream = Encoding.UTF8.GetBytes($"<bts><cmd>a</cmd></bts>{terminator}<bts><cmd>b</cmd></bts>{terminator}");

        Assert.Equal(["<bts><cmd>a</cmd></bts>", "<bts><cmd>b</cmd></bts>"], ReadInPieces(stream, 3));
    }

    [Fact]
    public void Bytes_that_cannot_begin_a_document_are_a_fault_at_once()
    {
        int searched = 0;
        byte[] garbage = "\r\nHTTP/1.1 400"u8.ToArray();

        var fault = Assert.Throws<NewareFormatException>(() => NewareCodec.TryReadFrame(garbage, ref searched, out _, out _));

        Assert.Contains("0x48", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_is_xml_followed_by_the_terminator()
    {
        string request = Encoding.UTF8.GetString(NewareCodec.Request("getdevinfo", ""));

        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\r\n<bts version=\"1.0\"><cmd>getdevinfo</cmd></bts>\n\n#\r\n", request);
    }

    private static List<string> ReadInPieces(byte[] stream, int size)
    {
        var frames = new List<string>();
        byte[] received = [];
        int searched = 0;
        foreach (byte[] piece in stream.Chunk(size))
        {
            received = [.. received, .. piece];
            while (NewareCodec.TryReadFrame(received, ref searched, out ReadOnlySpan<byte> frame, out int used))
            {
                frames.Add(Encoding.UTF8.GetString(frame));
                received = received[used..];
            }
        }

        Assert.Equal(received.Length, NewareCodec.SkipTerminator(received));
        return frames;
    }
}
