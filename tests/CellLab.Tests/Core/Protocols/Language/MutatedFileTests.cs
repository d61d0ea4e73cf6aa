using System.Globalization;
using CellLab.Core.Protocols;
using CellLab.Core.Units;
using Xunit.Abstractions;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>Ten thousand damaged files, each from a good or a bad one by a few random edits.</summary>
[Trait("Suite", "Broad")]
public sealed class MutatedFileTests(ITestOutputHelper output)
{
    private const int Files = 10_000;

    /// <summary>A single letter changed leaves more files readable than a scrap put in.</summary>
    private const string Letters = "0123456789 .-:#aegimnorstuCV";

    private static readonly string[] Scraps =
    [
        "", "\"", "'", "{", "}", "[", "]", ",", ": ", "- ", "\n", "\n  ", "\t", "#", "&a ", "*a ", "!!x ", "| ", "> ", "---\n", "?", "%", "@", "`", "${", "}",
        "${rate}", "\0", "ä", "\ud800", "\u2028", "0", "-", "1e999", "1e-999", "null", "true", "C/0", "C", "1", "2", "9", " ", ".", "a", "m", "V", "until ", "or ", "for ", "at ", "Charge ",
        "repeat: ", "steps: ", "block: ", "insert: ", "every: ", "method:", "celllab_protocol: 1\n", "99999999999", "(1 minute period)",
    ];

    [Fact]
    public void A_mutated_file_gives_a_program_or_errors_and_never_a_crash()
    {
        string? given = Environment.GetEnvironmentVariable("CELLLAB_TEST_SEED");
        int seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed} (set CELLLAB_TEST_SEED to repeat)");
        var random = new Random(seed);
        (string File, string Text)[] originals =
        [
            .. LanguageFiles.Names("Good").Select(file => (file, LanguageFiles.Text("Good", file))),
            .. LanguageFiles.Names("Bad").Where(file => file != "too-long.yaml").Select(file => (file, LanguageFiles.Text("Bad", file))),
        ];
        int good = LanguageFiles.Names("Good").Length;
        int accepted = 0;
        for (int i = 0; i < Files; i++)
        {
            (string file, string text) = originals[random.Next(random.Next(2) == 0 ? good : originals.Length)];
            string mutated = Mutate(text, random);
            try
            {
                accepted += Holds(file, mutated) ? 1 : 0;
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                Assert.Fail($"seed {seed}, file {i}: {broken}\n{mutated}");
            }
        }

        output.WriteLine($"{accepted} of {Files} are still protocols");
        Assert.InRange(accepted, Files / 1000, Files - 1);
    }

    /// <summary>True when it is still a program.</summary>
    private static bool Holds(string file, string text)
    {
        ProtocolReading reading = ProtocolReader.Read(file, text);
        Assert.True(reading.Protocol is null == reading.Errors.Count > 0);
        Assert.All(reading.Errors, error => Assert.True(error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0, error.ToString()));
        Assert.True(ProtocolCheck.Of(file, text) is var check && check.Valid == (check.Errors.Count == 0));
        if (reading.Protocol is not { } protocol)
        {
            return false;
        }

        Compilation compilation = ProgramCompiler.Compile(protocol, new CRateBase(250, 2));
        Assert.True(compilation.Program is null == compilation.Errors.Count > 0);
        return compilation.Program is not null;
    }

    private static string Mutate(string text, Random random)
    {
        for (int edits = random.Next(3) == 0 ? random.Next(2, 6) : 1; edits > 0; edits--)
        {
            int start = random.Next(text.Length + 1);
            if (random.Next(2) == 0 && start < text.Length)
            {
                text = text[..start] + Letters[random.Next(Letters.Length)] + text[(start + 1)..];
                continue;
            }

            int end = Math.Min(text.Length, start + random.Next(0, 8));
            text = random.Next(10) == 0 && end > start
                ? text[..end] + text[start..]
                : text[..start] + Scraps[random.Next(Scraps.Length)] + text[end..];
        }

        return text;
    }
}
