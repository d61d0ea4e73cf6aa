namespace CellLab.Tests.Architecture;

/// <summary>One idea a file: what grows beyond these lengths has a second idea in it.</summary>
public sealed class FileLengthTests
{
    private const int Longest = 400;
    private const int NineOfTen = 250;
    private const int Median = 80;

    private static readonly (string Path, int Lines)[] Lengths =
        [.. SourceTree.CSharp.Select(path => (path, SourceTree.Text(path).TrimEnd().Split('\n').Length)).OrderBy(file => file.Item2)];

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        string[] tooLong = [.. Lengths.Where(file => file.Lines > Longest).Select(file => $"{file.Path}: {file.Lines}")];
        Assert.True(tooLong.Length == 0, string.Join("\n", tooLong));
    }

    [Fact]
    public void Half_of_the_files_have_at_most_80_lines_and_nine_of_ten_at_most_250()
    {
        Assert.InRange(Lengths[Lengths.Length / 2].Lines, 1, Median);
        Assert.InRange(Lengths[Lengths.Length * 9 / 10].Lines, 1, NineOfTen);
    }
}
