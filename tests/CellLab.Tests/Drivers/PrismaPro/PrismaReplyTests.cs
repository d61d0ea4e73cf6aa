using System.Text;
using System.Text.Json;
using CellLab.Drivers.PrismaPro.Wire;
using CellLab.TestKit.Damage;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.PrismaPro;

/// <summary>Answers in the form of the maker's quick start.</summary>
public sealed class PrismaReplyTests(ITestOutputHelper output)
{
    private const string Scan =
        """{"name":"got","origin":"/mmsp/measurement/scans/-1/get","data":{"scannum":4,"scansize":3,"values":[7.888702e-15 ,1.234567e-10,-2.0e-16   ]}}""";

    [Fact]
    public void Padded_numbers_of_a_scan_are_read()
    {
        PrismaScan? scan = PrismaReply.Scan(Data(Scan));

        Assert.Equal(4, scan!.Number);
        Assert.Equal([7.888702e-15, 1.234567e-10, -2.0e-16], scan.Values);
    }

    [Fact]
    public void What_is_no_number_is_null_and_texts_keep_their_letters()
    {
        string text = Scan.Replace("1.234567e-10", "nan", StringComparison.Ordinal).Replace("\"got\"", "\"got nan\"", StringComparison.Ordinal);

        Assert.Equal([7.888702e-15, null, -2.0e-16], PrismaReply.Scan(Data(text))!.Values);
    }

    [Fact]
    public void A_scan_that_is_not_ready_is_none() => Assert.Null(PrismaReply.Scan(Data("""{"name":"got","data":{"scannum":0,"values":null}}""")));

    [Fact]
    public void An_error_is_a_refusal_with_its_reason()
    {
        var refused = Assert.Throws<PrismaRefusedException>(() => Data("""{"name":"errorInvalidParameter","origin":"/mmsp/x","data":"mass"}"""));

        Assert.Contains("mass", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"On\"", true)]
    [InlineData("\"Off\"", false)]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("null", false)]
    public void On_and_off_come_in_several_forms(string data, bool on) =>
        Assert.Equal(on, PrismaReply.IsOn(JsonDocument.Parse(data).RootElement));

    [Fact]
    public void Damaged_answers_end_in_values_or_in_a_typed_fault()
    {
        int faults = DamagedInputs.Faults(output.WriteLine, [Encoding.UTF8.GetBytes(Scan)], "\"{}[],:naN"u8, (input, _) => Survives(input));

        Assert.InRange(faults, DamagedInputs.Count / 20, DamagedInputs.Count);
    }

    private static JsonElement Data(string text) => PrismaReply.Data(Encoding.UTF8.GetBytes(text));

    private static bool Survives(byte[] input)
    {
        try
        {
            JsonElement data = PrismaReply.Data(input);
            PrismaReply.Scan(data);
            _ = PrismaReply.IsOn(data);
            PrismaReply.Like(data, "serial");
            PrismaReply.Number(data, "scannum");
            return true;
        }
        catch (Exception error) when (error is PrismaFormatException or PrismaRefusedException)
        {
            return false;
        }
    }
}
