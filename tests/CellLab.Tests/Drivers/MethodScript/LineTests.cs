using System.Text;
using CellLab.Drivers.MethodScript;
using CellLab.Drivers.MethodScript.Wire;
using CellLab.TestKit.Damage;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace CellLab.Tests.Drivers.MethodScript;

/// <summary>Bytes in any pieces, and whatever has become of them on the way.</summary>
public sealed class LineTests(ITestOutputHelper output)
{
    private const string Sound =
        "\u0011tes4_hr1100#Jan 28 2022 11:04:43\nR*\niEM4HR0A1\r\nv01.08.00\nl\nr\nM000A\nPeb9570C36u;ba898E141p,10,20F,40\nPda8000000 \n*\nL\nC0001\n-\n+\n"
        + "Tlimit\nM000D\nPdc8030D40 ;cc     nan,14,288;cd     nan,14,202\n*\n!0032: Line 12\nl!4001: Line 3, Col 5\neM0000\nPda8000800u;ba8000800u,10,20B\n*\n\n";

    [Fact]
    public void Any_chunking_gives_the_same_lines()
    {
        string[] whole = [.. Lines([Encoding.Latin1.GetBytes(Sound)])];
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ArbMap.Default.ArbFor<ushort[]>(), sizes => whole.SequenceEqual(Lines(Pieces(sizes)))));
        Assert.Contains("Pda8000000 ", whole);
        Assert.Contains("iEM4HR0A1", whole);
    }

    [Fact]
    public void Damaged_lines_end_in_their_meaning_or_in_a_typed_fault()
    {
        int faults = DamagedInputs.Faults(
            output.WriteLine, [Encoding.Latin1.GetBytes(Sound)], "P;,!\n*8M"u8, (input, _) => Lines([input]).Aggregate(true, (sound, line) => TryRead(line) && sound));

        Assert.InRange(faults, DamagedInputs.Count / 20, DamagedInputs.Count);
    }

    [Fact]
    public void A_line_without_end_is_a_fault_and_not_an_endless_wait() =>
        Assert.Throws<MethodScriptFormatException>(() => Lines([new byte[MethodScriptCodec.LongestLine + 1]]).ToList());

    private static IEnumerable<byte[]> Pieces(ushort[] sizes)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(Sound);
        int at = 0;
        for (int i = 0; at < bytes.Length; i++)
        {
            int size = i < sizes.Length ? 1 + (sizes[i] % 40) : bytes.Length;
            yield return bytes[at..Math.Min(bytes.Length, at + size)];
            at += size;
        }
    }

    private static IEnumerable<string> Lines(IEnumerable<byte[]> pieces)
    {
        byte[] waiting = [];
        foreach (byte[] piece in pieces)
        {
            waiting = [.. waiting, .. piece];
            while (Take(ref waiting) is { } line)
            {
                yield return line;
            }
        }
    }

    private static string? Take(ref byte[] waiting)
    {
        ReadOnlySpan<byte> rest = waiting;
        if (!MethodScriptCodec.TryTakeLine(ref rest, out string line))
        {
            return null;
        }

        waiting = rest.ToArray();
        return line;
    }

    /// <summary>False when the line ended in a typed fault.</summary>
    private static bool TryRead(string line)
    {
        try
        {
            return MethodScriptCodec.Read(line) is not null;
        }
        catch (MethodScriptFormatException)
        {
            return false;
        }
    }
}
