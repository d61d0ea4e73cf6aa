using System.Buffers;
using System.Text;
using CellLab.Drivers.SrsRga.Decoding;
using CellLab.Drivers.SrsRga.Wire;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.SrsRga;

/// <summary>Whatever comes over the wire ends in values, in waiting for more, or in a typed fault.</summary>
public sealed class RgaDamageTests(ITestOutputHelper output)
{
    private static readonly int s_inputs = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5_000;

    private static readonly byte[][] s_sound =
    [
        Encoding.ASCII.GetBytes("SRSRGA200VER0.24SN10023\n\r"),
        Encoding.ASCII.GetBytes("0\n\r"),
        Encoding.ASCII.GetBytes("0.9998\n\r"),
        [0x40, 0x42, 0x0F, 0x00, 0xE0, 0xFF, 0xFF, 0xFF],
        [.. Encoding.ASCII.GetBytes("1400\n\r"), 0x40, 0x42, 0x0F, 0x00, .. Encoding.ASCII.GetBytes("0\n\r")],
    ];

    [Fact]
    public void Damaged_streams_end_in_values_or_in_a_typed_fault()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int faults = 0;
        for (int i = 0; i < s_inputs; i++)
        {
            byte[] damaged = Damage(random, s_sound[random.Next(s_sound.Length)]);
            faults += Survives(damaged, random.Next(3), $"seed {seed}, input {i}") ? 0 : 1;
        }

        Assert.InRange(faults, s_inputs / 20, s_inputs);
    }

    private static byte[] Damage(Random random, byte[] sound)
    {
        var bytes = new List<byte>(sound);
        for (int hits = random.Next(1, 5); hits > 0 && bytes.Count > 0; hits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "\n\r?0.-"u8.ToArray()[random.Next(6)]);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(0, random.Next(bytes.Count)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static bool Survives(byte[] input, int way, string which)
    {
        try
        {
            new SrsRgaDecoder().Decode(input);
            var buffer = new ReadOnlySequence<byte>(input);
            while (RgaCodec.TryReadText(ref buffer, out string text))
            {
                _ = way switch
                {
                    0 => RgaCodec.ParseByte(text),
                    1 => RgaCodec.ParseNumber(text),
                    _ => RgaIdentity.Parse(text).HighestMass,
                };
            }

            return true;
        }
        catch (RgaFormatException)
        {
            return false;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{which}: {error.GetType().Name} {error.Message}", error);
        }
    }
}
