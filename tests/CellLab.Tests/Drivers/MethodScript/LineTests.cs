using System.Text;
using CellLab.Drivers.MethodScript;
using CellLab.Drivers.MethodScript.Wire;
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

    private static int Inputs => Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5000;

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
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[] sound = Encoding.Latin1.GetBytes(Sound);
        int faults = 0;
        for (int i = 0; i < Inputs; i++)
        {
            faults += Survive(Damage(random, sound), seed, i) ? 0 : 1;
        }

        Assert.InRange(faults, Inputs / 20, Inputs);
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

    private static byte[] Damage(Random random, byte[] sound)
    {
        List<byte> bytes = [.. sound];
        for (int hits = random.Next(1, 6); hits > 0; hits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(Math.Min(40, bytes.Count - at)));
                    break;
                default:
                    bytes.InsertRange(at, "P;,!\n*8M"u8[random.Next(8)..].ToArray());
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>False when a line of the input ended in a typed fault.</summary>
    private static bool Survive(byte[] input, int seed, int number)
    {
        bool sound = true;
        try
        {
            foreach (string line in Lines([input]))
            {
                sound &= TryRead(line);
            }

            return sound;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}, input {number}: {error.GetType().Name} {error.Message}", error);
        }
    }

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
