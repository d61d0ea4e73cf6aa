using System.Text.Json;
using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Tests.Core.Protocols;

/// <summary>Every file in <c>Bad</c> gives exactly the errors that <c>bad-protocols-expected.json</c> lists for it.</summary>
public sealed class BadProtocolTests
{
    private static readonly string[] Folder = ["tests", "CellLab.Tests", "Core", "Protocols"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly BadFile[] Expected =
        JsonSerializer.Deserialize<BadFile[]>(RepositoryFiles.Text([.. Folder, "bad-protocols-expected.json"]), Json)!;

    public static TheoryData<string> Files => [.. Expected.Select(bad => bad.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_bad_protocol_is_refused_with_place_message_and_remedy(string file)
    {
        ExpectedError[] expected = Expected.Single(bad => bad.File == file).Errors;
        IReadOnlyList<Finding> errors = ErrorsOf(file);
        Assert.Equal(expected.Length, errors.Count);
        Assert.All(expected.Zip(errors), pair => AssertSame(pair.First, pair.Second, file));
    }

    [Fact]
    public void Every_bad_file_has_its_expectation()
    {
        string folder = RepositoryFiles.PathOf([.. Folder, "Bad"]);
        Assert.Equal(
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Expected.Select(bad => bad.File).Order(StringComparer.Ordinal));
        Assert.True(Expected.Length >= 20);
    }

    private static IReadOnlyList<Finding> ErrorsOf(string file)
    {
        ProtocolReading reading = ProtocolReader.Read(file, RepositoryFiles.Text([.. Folder, "Bad", file]));
        return reading.Protocol is { } protocol ? ProgramCompiler.Compile(protocol, null).Errors : ReadableParts.Errors(reading, new CRateBase(250, 2), CompileOptions.None);
    }

    private static void AssertSame(ExpectedError expected, Finding found, string file)
    {
        Assert.Equal(file, found.File);
        Assert.Equal(expected.Line, found.Line);
        Assert.True(expected.Column == 0 || expected.Column == found.Column, $"column {found.Column}, expected {expected.Column}: {found}");
        Assert.Contains(expected.Message, found.Message, StringComparison.Ordinal);
        Assert.Contains(expected.Hint, found.Hint ?? "", StringComparison.Ordinal);
    }

    public sealed record BadFile(string File, ExpectedError[] Errors);

    public sealed record ExpectedError(int Line, int Column, string Message, string Hint);
}
