using System.Buffers;
using System.Text;
using CellLab.Drivers.SrsRga.Decoding;
using CellLab.Drivers.SrsRga.Wire;
using CellLab.TestKit.Damage;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.SrsRga;

/// <summary>Whatever comes over the wire ends in values, in waiting for more, or in a typed fault.</summary>
public sealed class RgaDamageTests(ITestOutputHelper output)
{
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
        int faults = DamagedInputs.Faults(output.WriteLine, s_sound, "\n\r?0.-"u8, (input, random) => Survives(input, random.Next(3)));

        Assert.InRange(faults, DamagedInputs.Count / 20, DamagedInputs.Count);
    }

    private static bool Survives(byte[] input, int way)
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
    }
}
