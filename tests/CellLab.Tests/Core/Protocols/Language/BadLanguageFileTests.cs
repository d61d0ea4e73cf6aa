using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>Every file in <c>Bad</c> gives exactly the errors that <c>bad-expected.json</c> lists for it; a line or column of 0 leaves the place open.</summary>
public sealed class BadLanguageFileTests
{
    private static readonly BadFile[] Expected = LanguageFiles.Expected<BadFile>("bad-expected.json");

    public static TheoryData<string> Files => [.. Expected.Select(bad => bad.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_bad_file_is_refused_with_place_message_and_remedy(string file)
    {
        ExpectedError[] expected = Expected.Single(bad => bad.File == file).Errors;
        IReadOnlyList<Finding> errors = ErrorsOf(file);
        Assert.True(expected.Length == errors.Count, string.Join("\n", errors));
        Assert.All(expected.Zip(errors), pair => AssertSame(pair.First, pair.Second));
    }

    [Fact]
    public void Every_bad_file_has_its_expectation() =>
        Assert.Equal(LanguageFiles.Names("Bad"), Expected.Select(bad => bad.File).Order(StringComparer.Ordinal));

    private static IReadOnlyList<Finding> ErrorsOf(string file)
    {
        ProtocolReading reading = ProtocolReader.Read(file, LanguageFiles.Text("Bad", file));
        return reading.Protocol is { } protocol ? ProgramCompiler.Compile(protocol, new CRateBase(250, 2)).Errors : ReadableParts.Errors(reading, new CRateBase(250, 2), CompileOptions.None with { CurrentRangeAmperes = 0.01 });
    }

    private static void AssertSame(ExpectedError expected, Finding found)
    {
        Assert.Equal(expected.Line == 0 ? found.Line : expected.Line, found.Line);
        Assert.True(expected.Column == 0 || expected.Column == found.Column, $"column {found.Column}, expected {expected.Column}: {found}");
        Assert.Contains(expected.Message, found.Message, StringComparison.Ordinal);
        Assert.Contains(expected.Hint, found.Hint ?? "", StringComparison.Ordinal);
    }

    public sealed record BadFile(string File, ExpectedError[] Errors);

    public sealed record ExpectedError(int Line, int Column, string Message, string Hint);
}
