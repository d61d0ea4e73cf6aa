using System.Text;
using CellLab.Drivers.XrdTrigger.Aeris;
using CellLab.Drivers.XrdTrigger.Helper;

namespace CellLab.Tests.Drivers.XrdTrigger;

public sealed class TriggerCodecTests
{
    [Fact]
    public void Helper_lines_are_those_of_the_protocol_page()
    {
        Assert.Equal("HELLO seq=1 proto=1 client=celllab\n", Text(HelperCodec.Encode("HELLO", ("seq", "1"), ("proto", "1"), ("client", "celllab"))));
        Assert.Equal("ARM seq=2 run=R12 program=\"LMNO 10-80\"\n", Text(HelperCodec.Encode("ARM", ("seq", "2"), ("run", "R12"), ("program", "LMNO 10-80"))));
        Assert.Equal("TRIG seq=3 id=R12-0007 meta=\"{\\\"E_V\\\":4.1}\"\n", Text(HelperCodec.Encode("TRIG", ("seq", "3"), ("id", "R12-0007"), ("meta", "{\"E_V\":4.1}"))));
    }

    [Fact]
    public void A_helper_answer_is_taken_apart()
    {
        HelperMessage message = HelperCodec.Decode("EVENT state=done id=R12-0006 file=\"C:\\\\in situ\\\\6.rasx\" note=\"\"\r"u8);

        Assert.Equal("EVENT", message.Word);
        Assert.Equal(("done", "R12-0006", "C:\\in situ\\6.rasx", ""), (message["state"], message["id"], message["file"], message["note"]));
        Assert.Null(message["text"]);
    }

    [Theory]
    [InlineData("OK seq", "expected key=value at character 4")]
    [InlineData("OK =1", "expected key=value")]
    [InlineData("OK text=\"open", "a quote is not closed")]
    [InlineData("OK seq=1 seq=2", "stands twice")]
    [InlineData(" seq=1", "does not begin with a word")]
    [InlineData("OK a=\u0007", "control character 0x07")]
    public void A_line_that_breaks_the_rules_is_named(string line, string problem)
    {
        var error = Assert.Throws<HelperFormatException>(() => HelperCodec.Decode(Encoding.UTF8.GetBytes(line)));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aeris_requests_are_those_that_the_open_clients_send()
    {
        Assert.Equal("@STATUS_REQUEST@UNIT=xrd@END", AerisCodec.UnitStatus);
        Assert.Equal("@STATUS_REQUEST@LOCATION=0,2@END", AerisCodec.LocationStatus("0,2"));
        Assert.Equal("@SAMPLE@ADD@APPLICATION=prog@SAMPLE_ID=id@AT=0,2@END", AerisCodec.Add("prog", "id", "0,2"));
        Assert.Equal("@SAMPLE@MEASURE@SAMPLE_ID=id@APPLICATION=prog@END", AerisCodec.Measure("id", "prog"));
        Assert.Equal("@SAMPLE@REMOVE@SAMPLE_ID=id@END", AerisCodec.Remove("id"));
    }

    [Fact]
    public void An_aeris_answer_is_whole_at_its_end_mark_whatever_pieces_it_comes_in()
    {
        byte[] answer = "@STATUS@UNIT=xrd@READY=yes@END"u8.ToArray();

        Assert.All(Enumerable.Range(0, answer.Length), n => Assert.Null(AerisCodec.Whole(answer.AsSpan(0, n))));
        Assert.Equal(answer.Length, AerisCodec.Whole([.. answer, 0x40]));
        Assert.True(AerisCodec.Decode(answer).Says("READY=yes"));
        Assert.False(AerisCodec.Decode("@STATUS@UNIT=xrd@ALREADY=yes@END"u8).Says("READY=yes"));
        Assert.True(AerisCodec.Decode("@SAMPLE@FATAL@END"u8).IsRefusal);
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
