namespace CellLab.Drivers.Land.Following;

/// <summary>A data file with its beginning; <paramref name="Head"/> is null while it cannot be read.</summary>
internal sealed record LandTestFile(LandFile File, LandHead? Head, string? Problem);

/// <summary>One test on one channel: its file, and those in which the tester went on writing it.</summary>
/// <param name="Id">Name of the first file.</param>
internal sealed record LandTest(string Id, IReadOnlyList<LandTestFile> Files)
{
    public LandTestFile Last => Files[^1];

    /// <summary>Its first step stands in the file: it is known whether it is a test of its own.</summary>
    public bool IsKnown => Files[0].Head?.First is not null;

    public string? TestName => Files[0].Head?.Header.TestName;

    /// <summary>A continued file goes on with the same test name, at a test time that is not 0.</summary>
    public bool IsContinuedBy(LandTestFile file) =>
        file.Head is { First.TestSeconds: > 0, Header.TestName: { } name } && name == TestName;
}
