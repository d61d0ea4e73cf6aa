using CellLab.Tests.Core;

namespace CellLab.Tests.Architecture;

/// <summary>The repository's own files: what is built, fetched or recorded is left out.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> NotOurs = ["bin", "obj", "artifacts", "data", "node_modules", "TestResults", ".git", ".vs", ".idea"];

    /// <summary>All C# sources, as paths from the root with forward slashes.</summary>
    public static IReadOnlyList<string> CSharp { get; } = Files("*.cs");

    /// <summary>Sources that go into the product: no tests.</summary>
    public static IReadOnlyList<string> Product { get; } =
        [.. CSharp.Where(path => !path.StartsWith("tests/", StringComparison.Ordinal))];

    public static string Text(string path) => File.ReadAllText(Path.Combine(RepositoryFiles.Root, path));

    public static IReadOnlyList<string> Files(string pattern)
    {
        var found = new List<string>();
        Collect(new DirectoryInfo(RepositoryFiles.Root), pattern, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Collect(DirectoryInfo folder, string pattern, List<string> found)
    {
        found.AddRange(folder.EnumerateFiles(pattern).Select(file =>
            Path.GetRelativePath(RepositoryFiles.Root, file.FullName).Replace('\\', '/')));
        foreach (DirectoryInfo inner in folder.EnumerateDirectories())
        {
            // "data" is where a service writes; CellModel/Data and others in upper case are sources
            if (!NotOurs.Contains(inner.Name) && inner.LinkTarget is null)
            {
                Collect(inner, pattern, found);
            }
        }
    }
}
