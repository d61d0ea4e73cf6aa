using System.Text;
using CellLab.Drivers.Autolab;
using CellLab.Drivers.Autolab.Decoding;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Tests.Drivers.Autolab;

/// <summary>Lines of the bridge as the driver reads them.</summary>
public sealed class DriverLineTests
{
    private static readonly string[] s_lines =
    [
        """{"id":3,"ok":true,"serial":"AUT50001","hasFra":true,"cell":false}""",
        """{"id":4,"ok":false,"error":{"code":"busy","message":"run r1 is under way"}}""",
        """{"ev":"step","seq":2,"run":"r1","count":1,"step":1,"t_s":0,"e_oc_V":3.1}""",
        """{"ev":"sample","seq":3,"run":"r1","t_s":0.05,"e_V":3.1001,"i_A":-2.5E-05,"overload":false}""",
        """{"ev":"eis","seq":4,"run":"r1","n":1,"f_Hz":100000,"zre_ohm":5.214,"zim_ohm":-1.151,"e_V":3.1,"i_A":1E-06,"overload":false}""",
        """{"ev":"finished","seq":5,"run":"r1","reason":"limit","points":1,"t_s":12.5,"cell_off":true,"code":"limit","text":"4.91 V"}""",
        """{"ev":"alive","seq":6}""",
    ];

    private static int Inputs => Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5_000;

    [Fact]
    public void Every_kind_of_line_is_read()
    {
        BridgeLine[] read = [.. s_lines.Select(Read)];

        Assert.Equal(new InstrumentAnswer("AUT50001", true, false), InstrumentAnswer.Of(Assert.IsType<AnswerLine>(read[0])));
        Assert.Equal(new RefusalLine(4, "busy", "run r1 is under way"), read[1]);
        Assert.Equal(new StepLine(2, "r1", 1, 1, 0, 3.1), read[2]);
        Assert.Equal(new SampleLine(3, "r1", 0.05, 3.1001, -2.5e-5, false), read[3]);
        Assert.Equal(new PointLine(4, "r1", 1, 1e5, 5.214, -1.151, false), read[4]);
        Assert.Equal(new FinishedLine(5, "r1", "limit", 12.5, true, "limit", "4.91 V"), read[5]);
        Assert.Equal(new AliveLine(6), read[6]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ev":"sample","seq":1,"run":"r1","t_s":"soon","e_V":1,"i_A":1,"overload":false}""")]
    [InlineData("""{"ev":"alive","seq":1}{"ev":"alive","seq":2}""")]
    public void A_line_of_something_else_is_a_fault(string line) => Assert.Throws<BridgeFormatException>(() => Read(line));

    [Fact]
    public void Random_damage_ends_in_a_line_or_a_fault()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        int understood = 0;
        for (int i = 0; i < Inputs; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(s_lines[random.Next(s_lines.Length)]);
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                new AutolabDecoder().Decode([.. bytes, (byte)'\n']).Document.ToJsonString();
                AutolabCodec.Read(random.Next(10) == 0 ? bytes.AsSpan(0, random.Next(bytes.Length)) : bytes);
                understood++;
            }
            catch (BridgeFormatException)
            {
                // a fault of the contract
            }
            catch (Exception other)
            {
                Assert.Fail($"seed {seed}, input {i}: {other.GetType().Name} for {Convert.ToHexString(bytes)}");
            }
        }

        Assert.InRange(understood, 1, Inputs - 1);
    }

    private static BridgeLine Read(string line) => AutolabCodec.Read(Encoding.UTF8.GetBytes(line));
}
