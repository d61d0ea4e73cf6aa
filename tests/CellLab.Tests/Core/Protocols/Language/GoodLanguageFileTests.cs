using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>Every file in <c>Good</c> compiles to exactly the steps that <c>good-expected.json</c> lists for it; 1C is 0.5 mA.</summary>
public sealed class GoodLanguageFileTests
{
    private static readonly GoodFile[] Expected = LanguageFiles.Expected<GoodFile>("good-expected.json");

    public static TheoryData<string> Files => [.. Expected.Select(good => good.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_good_file_compiles_to_the_steps_expected(string file)
    {
        Compilation compilation = Compile(file);
        Assert.True(compilation.Program is not null, string.Join("\n", compilation.Errors));
        Assert.Equal(Expected.Single(good => good.File == file).Steps, ProgramText.Of(compilation.Program));
        Assert.Equal((4.9, 1.8), (compilation.Program.Limits.MaxVolts, compilation.Program.Limits.MinVolts));
        Assert.True(new ProgramWalk(compilation.Program).TotalSteps > 0);
    }

    [Fact]
    public void Every_good_file_has_its_expectation_and_there_are_enough_files()
    {
        Assert.Equal(LanguageFiles.Names("Good"), Expected.Select(good => good.File).Order(StringComparer.Ordinal));
        Assert.True(LanguageFiles.Names("Good").Length + LanguageFiles.Names("Bad").Length >= 60);
    }

    private static Compilation Compile(string file)
    {
        ProtocolReading reading = ProtocolReader.Read(file, LanguageFiles.Text("Good", file));
        Assert.True(reading.Protocol is not null, string.Join("\n", reading.Errors));
        return ProgramCompiler.Compile(reading.Protocol, new CRateBase(250, 2));
    }

    public sealed record GoodFile(string File, string[] Steps);
}
