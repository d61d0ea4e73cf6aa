namespace CellLab.Service.Options;

/// <summary>Reads <c>archive</c> of the configuration.</summary>
internal static class ArchiveReader
{
    /// <param name="folder">Relative folders are taken from here.</param>
    public static ArchiveEntry Read(ConfigurationSection root, string folder, string dataFolder)
    {
        if (root.OptionalSection("archive") is not { } archive)
        {
            return new ArchiveEntry(null, null);
        }

        string target = Path.GetFullPath(archive.Text("folder"), folder);
        if (IsWithin(target, dataFolder) || IsWithin(dataFolder, target))
        {
            throw archive.Wrong("folder", $"{target} and the data folder {dataFolder} lie one in the other", "Name a folder beside the data folder, best on another disk");
        }

        var entry = new ArchiveEntry(target, archive.OptionalText("license"));
        archive.Finish();
        return entry;
    }

    private static bool IsWithin(string inner, string outer) =>
        (Path.TrimEndingDirectorySeparator(inner) + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
