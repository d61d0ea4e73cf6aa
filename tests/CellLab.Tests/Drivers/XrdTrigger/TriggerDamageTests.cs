using System.Text;
using CellLab.Drivers.XrdTrigger.Aeris;
using CellLab.Drivers.XrdTrigger.Helper;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.XrdTrigger;

/// <summary>Random damage to what helper and Aeris send: values or a typed fault, never another exception.</summary>
public sealed class TriggerDamageTests(ITestOutputHelper output)
{
    private static readonly int s_inputs = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5_000;

    private static readonly byte[][] s_sound =
    [
        Encoding.UTF8.GetBytes("OK seq=1 proto=1 instrument=\"SmartLab 9 kW\" clock=2026-01-05T10:00:00.123Z"),
        Encoding.UTF8.GetBytes("EVENT state=done id=R12-0006 t_start=2026-01-05T10:00:00Z t_end=2026-01-05T10:15:00Z file=\"C:\\\\data\\\\R12 6.rasx\""),
        Encoding.UTF8.GetBytes("ERR seq=2 code=BUSY text=\"läuft noch \\\"Programm 7\\\"\""),
        "@STATUS_REPLY@UNIT=xrd@READY=yes@END"u8.ToArray(),
        "@SAMPLE@fatal@TEXT=no such program@END"u8.ToArray(),
    ];

    [Fact]
    public void Damaged_lines_end_in_values_or_in_a_typed_fault()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int faults = 0;
        for (int i = 0; i < s_inputs; i++)
        {
            faults += Survives(Damage(random, s_sound[random.Next(s_sound.Length)]), $"seed {seed}, input {i}") ? 0 : 1;
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
                    bytes.Insert(at, "\"\\= @\n"u8.ToArray()[random.Next(6)]);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(0, random.Next(bytes.Count)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static bool Survives(byte[] input, string which)
    {
        try
        {
            return Both(input);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{which}: {error.GetType().Name} {error.Message}", error);
        }
    }

    private static bool Both(byte[] input)
    {
        bool sound = true;
        try
        {
            HelperMessage message = HelperCodec.Decode(input);
            Assert.Equal(message.Fields, HelperCodec.Decode(HelperCodec.Encode(message.Word, [.. message.Fields.Select(f => (f.Key, f.Value))]).AsSpan()[..^1]).Fields);
        }
        catch (HelperFormatException)
        {
            sound = false;
        }

        try
        {
            _ = AerisCodec.Whole(input) is int length && AerisCodec.Decode(input.AsSpan(0, length)).Says("READY=yes");
        }
        catch (AerisFormatException)
        {
            sound = false;
        }

        return sound;
    }
}
