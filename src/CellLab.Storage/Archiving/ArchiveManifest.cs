using System.Text;
using CellLab.Core.Storage;

namespace CellLab.Storage.Archiving;

/// <summary>The list of an archive's files by which any copy of it can be checked, also with <c>sha256sum -c manifest-sha256.txt</c>.</summary>
internal static class ArchiveManifest
{
    public static string Text(IEnumerable<ArchivedFile> files)
    {
        var text = new StringBuilder();
        foreach (ArchivedFile file in files)
        {
            text.Append(file.Sha256).Append("  ").Append(file.Name).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads every file of the archive and compares it with the list.</summary>
    /// <exception cref="StorageException">A file is missing or has changed, or there is no list.</exception>
    public static async Task CheckAsync(string folder, CancellationToken cancellationToken)
    {
        string manifest = Path.Combine(folder, ArchiveNames.Manifest);
        if (!File.Exists(manifest))
        {
            throw new StorageException($"{manifest}: the list of the archive's files is not there. Put the archive's folder back as it was.");
        }

        string[] lines = await File.ReadAllLinesAsync(manifest, cancellationToken);
        if (!lines.Any(line => line.EndsWith("  " + ArchiveNames.Crate, StringComparison.Ordinal))) // the last one written
        {
            throw new StorageException($"{manifest}: the list is cut off: {ArchiveNames.Crate} does not stand in it. Put it back from a copy of the archive.");
        }

        foreach (string line in lines)
        {
            string[] parts = line.Split("  ", 2);
            string name = parts.Length == 2 && Path.GetFileName(parts[1]) == parts[1] ? parts[1] : throw new StorageException($"{manifest}: '{line}' is not a checksum and a name. Put the list back from a copy of the archive.");
            if (!File.Exists(Path.Combine(folder, name)))
            {
                throw new StorageException($"{Path.Combine(folder, name)}: the file is missing. Put it back from a copy of the archive.");
            }

            ArchivedFile found = await HashedFile.ReadAsync(folder, name, cancellationToken);
            if (found.Sha256 != parts[0])
            {
                throw new StorageException(
                    $"{Path.Combine(folder, name)}: the file has changed since it was archived (SHA-256 {found.Sha256}, expected {parts[0]}). Put it back from a copy of the archive.");
            }
        }
    }
}
