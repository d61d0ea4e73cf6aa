using CellLab.HardwareSim.Xrd.ComPort;
using CellLab.Transport.Serial.Rfc2217;
using CellLab.TestKit.Damage;
using Xunit.Abstractions;

namespace CellLab.Tests.Transport.Serial.Rfc2217;

/// <summary>Random damage to what a serial device server sends: data and signs or a typed fault, the same however it is cut into pieces.</summary>
public sealed class TelnetDamageTests(ITestOutputHelper output)
{
    private static readonly byte[][] s_sound =
    [
        [0xFF, 0xFD, 44, 0xFF, 0xFB, 0, 0xFF, 0xFD, 0, 0xFF, 0xFB, 3, 0xFF, 0xFD, 3], // the server agrees
        [0xFF, 0xFA, 44, 101, 0, 0, 0x25, 0x80, 0xFF, 0xF0, 0xFF, 0xFA, 44, 102, 8, 0xFF, 0xF0], // 9600 baud, 8 bits
        [0xFF, 0xFA, 44, 101, 0, 0, 0xFF, 0xFF, 0x01, 0xFF, 0xF0], // a rate with a byte of 255 in it
        [.. "M1 2 3\r\n"u8, 0xFF, 0xFA, 44, 107, 0x31, 0xFF, 0xF0, .. "-12"u8, 0xFF, 0xFF, 0xFF, 0xF1], // data, CTS and DSR on, data with 255, no operation
        [0xFF, 0xFA, 44, 100, .. "ser2net"u8, 0xFF, 0xF0, 0xFF, 0xFC, 24, 0xFF, 0xFE, 1],
    ];

    [Fact]
    public void Damaged_streams_end_in_data_and_signs_or_in_a_typed_fault()
    {
        byte[] commands = [.. Enumerable.Range(240, 16).Select(code => (byte)code)];
        int faults = DamagedInputs.Faults(output.WriteLine, s_sound, commands, (input, _) =>
        {
            string whole = Read(input, input.Length);
            Assert.Equal(whole, Read(input, 1));
            Simulated(input);
            return !whole.EndsWith('!');
        });

        Assert.InRange(faults, DamagedInputs.Count / 50, DamagedInputs.Count);
    }

    [Fact]
    public void A_message_without_end_is_a_fault_and_takes_no_more_than_its_room()
    {
        var reader = new TelnetReader();
        reader.Take([0xFF, 0xFA, 44], [], []);

        var fault = Assert.Throws<TelnetFormatException>(() => reader.Take(new byte[2 * TelnetReader.LongestMessage], [], []));

        Assert.Contains($"{TelnetReader.LongestMessage}", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>What was understood, with a mark at the end when it ended in a fault.</summary>
    private static string Read(byte[] input, int piece)
    {
        var reader = new TelnetReader();
        List<byte> data = [];
        List<TelnetSign> signs = [];
        string end = "";
        try
        {
            for (int at = 0; at < input.Length; at += piece)
            {
                reader.Take(input.AsSpan(at, Math.Min(piece, input.Length - at)), data, signs);
            }
        }
        catch (TelnetFormatException)
        {
            end = "!";
        }

        return $"{Convert.ToHexString([.. data])} {string.Join(' ', signs.Select(s => $"{s.Verb}:{s.Option}:{Convert.ToHexString(s.Content)}"))}{end}";
    }

    private static void Simulated(byte[] input)
    {
        var decoder = new ComPortDecoder();
        Array.ForEach(input, received => decoder.Take(received));
    }
}
