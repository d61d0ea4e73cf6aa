namespace CellLab.HardwareSim.Neware.Program;

/// <summary>The folder that both sides share, under its two names: the local one, and the one that the BTS PC uses in start commands.</summary>
internal sealed class StepFilePlace(string localFolder, string nameOnBts)
{
    public string LocalFolder { get; } = Path.GetFullPath(localFolder);

    public string NameOnBts { get; } = nameOnBts;

    /// <exception cref="BtsProgramException">The path lies elsewhere, or there is no such file.</exception>
    public byte[] Read(string pathOnBts)
    {
        string? below = Below(pathOnBts.Trim()) ?? throw new BtsProgramException($"'{pathOnBts}' does not lie in '{NameOnBts}'");
        string local = Path.GetFullPath(Path.Combine(LocalFolder, below.Replace('\\', '/')));
        if (!local.StartsWith(LocalFolder, StringComparison.Ordinal))
        {
            throw new BtsProgramException($"'{pathOnBts}' leads out of '{NameOnBts}'");
        }

        try
        {
            return File.ReadAllBytes(local);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BtsProgramException($"'{pathOnBts}': {e.Message}", e);
        }
    }

    private string? Below(string path)
    {
        string root = NameOnBts.TrimEnd('\\', '/');
        return path.Length > root.Length + 1 && path.StartsWith(root, StringComparison.OrdinalIgnoreCase) && path[root.Length] is '\\' or '/'
            ? path[(root.Length + 1)..]
            : null;
    }
}
