using System.Text;
using System.Text.Json;
using CellLab.Drivers.PrismaPro.Wire;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.PrismaPro;

/// <summary>Answers in the form of the maker's quick start.</summary>
public sealed class PrismaReplyTests(ITestOutputHelper output)
{
    private const string Scan =
        """{"name":"got","origin":"/mmsp/measurement/scans/-1/get","data":{"scannum":4,"scansize":3,"values":[7.888702e-15 ,1.234567e-10,-2.0e-16   ]}}""";

    private static readonly int s_inputs = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5_000;

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
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int faults = 0;
        for (int i = 0; i < s_inputs; i++)
        {
            faults += Survives(Damage(random, Encoding.UTF8.GetBytes(Scan)), $"seed {seed}, input {i}") ? 0 : 1;
        }

        Assert.InRange(faults, s_inputs / 20, s_inputs);
    }

    private static JsonElement Data(string text) => PrismaReply.Data(Encoding.UTF8.GetBytes(text));

    private static byte[] Damage(Random random, byte[] sound)
    {
        var bytes = new List<byte>(sound);
        for (int hits = random.Next(1, 4); hits > 0; hits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(8, bytes.Count - at + 1)));
                    break;
                case 2:
                    bytes.Insert(at, "\"{}[],:naN"u8.ToArray()[random.Next(10)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.Add((byte)'x');
                    break;
            }

            if (bytes.Count == 0)
            {
                return [0];
            }
        }

        return [.. bytes];
    }

    private static bool Survives(byte[] input, string which)
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
        catch (Exception error)
        {
            throw new InvalidOperationException($"{which}: {error.GetType().Name} {error.Message}", error);
        }
    }
}
