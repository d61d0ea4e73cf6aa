using System.Text;
using CellLab.CellModel;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.Tests.HardwareSim.Neware;

public sealed class WireTests
{
    [Fact]
    public void A_reply_has_the_bytes_of_the_recorded_ones()
    {
        string connect = Encoding.UTF8.GetString(new BtsReply("connect_resp").Result("ok").Close().Span);
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<bts version=\"1.0\">\r\n<cmd>connect_resp</cmd>\r\n<result>ok</result>\r\n</bts>\n\n#\r\n", connect);
        BtsReply count = new BtsReply("inquiredf_resp").OpenList(1).Element("chl", new BtsAddress(27, 21, 1, 2), null);
        count.Attribute("testid", 143).Attribute("count", 219585).Close("chl", "true").CloseList();
        Assert.Contains(
            "<list count=\"1\">\r\n<chl devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"2\" testid=\"143\" count=\"219585\">true</chl>\r\n</list>",
            Encoding.UTF8.GetString(count.Close().Span),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(5e-5, "0.00005")]
    [InlineData(-0.000295051460852847, "-0.000295051460852847")]
    [InlineData(3.6781, "3.6781")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1e-13, "0.0000000000001")]
    public void Numbers_are_plain_decimals(double value, string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(new Utf8Text().Number(value).Written.Span));

    [Fact]
    public void Text_is_escaped() =>
        Assert.Equal("a&amp;b&lt;c&gt;&quot;d ü", Encoding.UTF8.GetString(new Utf8Text().Escaped("a&b<c>\"d ü").Written.Span));

    [Fact]
    public async Task Documents_come_out_whole_whatever_the_pieces()
    {
        ulong seed = (ulong)TimeProvider.System.GetUtcNow().UtcTicks;
        var random = new SplitMix64(seed);
        string[] documents = [.. Enumerable.Range(0, 200).Select(i => $"<bts><cmd>light</cmd><n>{i} ü电 {new string('x', (int)(random.Next() % 5000))}</n></bts>")];
        string[] between = ["\n\n#\r\n", "#\r\n", "\n\n", " ", "\r\n#\r\n"];
        byte[] all = Encoding.UTF8.GetBytes(string.Concat(documents.Select(d => d + between[random.Next() % 5])));
        var reader = new BtsFrameReader(new PieceStream(all, seed));
        for (int i = 0; i < documents.Length; i++)
        {
            ReadOnlyMemory<byte>? frame = await reader.ReadAsync(CancellationToken.None);
            Assert.True(frame is not null && Encoding.UTF8.GetString(frame.Value.Span) == documents[i], $"seed {seed}, document {i}");
        }

        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_document_that_never_ends_is_cut_at_its_terminator()
    {
        byte[] all = "<bts><cmd>\n\n#\r\n<bts><cmd>light</cmd></bts>\n\n#\r\n"u8.ToArray();
        var reader = new BtsFrameReader(new PieceStream(all, 1));
        Assert.Equal("<bts><cmd>\n\n#\r\n", Encoding.UTF8.GetString((await reader.ReadAsync(CancellationToken.None))!.Value.Span));
        Assert.Equal("<bts><cmd>light</cmd></bts>", Encoding.UTF8.GetString((await reader.ReadAsync(CancellationToken.None))!.Value.Span));
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("<bts><cmd>x</bts>")]
    [InlineData("<html><cmd>x</cmd></html>")]
    [InlineData("<!DOCTYPE bts [<!ENTITY a \"b\">]><bts>&a;</bts>")]
    [InlineData("no xml</bts>")]
    public void What_is_no_document_is_no_request(string text)
    {
        BtsRequest? request = BtsRequest.TryParse(Encoding.UTF8.GetBytes(text));
        Assert.Null(request);
    }

    /// <summary>Gives its bytes in random pieces of 1 to 700.</summary>
    private sealed class PieceStream(byte[] bytes, ulong seed) : MemoryStream(bytes)
    {
        private SplitMix64 _random = new(seed);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int most = 1 + (int)(_random.Next() % 700);
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
        }
    }
}
