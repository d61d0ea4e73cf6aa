namespace CellLab.Tests.Storage;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("celllab-test-").FullName;

    /// <summary>What a killed process would leave behind: the files as they lie there now.</summary>
    public TemporaryFolder CopyAsAfterKill()
    {
        var copy = new TemporaryFolder();
        Directory.CreateDirectory(System.IO.Path.Combine(copy.Path, "jobs"));
        foreach (string file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            string target = System.IO.Path.Combine(copy.Path, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
