using System.Text;
using CellLab.Drivers.XrdTrigger.Aeris;
using CellLab.Drivers.XrdTrigger.Helper;
using CellLab.TestKit.Damage;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.XrdTrigger;

/// <summary>Random damage to what helper and Aeris send: values or a typed fault, never another exception.</summary>
public sealed class TriggerDamageTests(ITestOutputHelper output)
{
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
        int faults = DamagedInputs.Faults(output.WriteLine, s_sound, "\"\\= @\n"u8, (input, _) => Both(input));

        Assert.InRange(faults, DamagedInputs.Count / 20, DamagedInputs.Count);
    }

    /// <summary>Read as either; false when one of them ended in its typed fault.</summary>
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
