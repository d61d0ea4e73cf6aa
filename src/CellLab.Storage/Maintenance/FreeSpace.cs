using System.Globalization;
using CellLab.Core.Storage;

namespace CellLab.Storage.Maintenance;

/// <summary>Asks for room before something large is written: a copy that fills the disk of the data would keep records of running cells out.</summary>
internal static class FreeSpace
{
    /// <summary>What is left for the running jobs on the disk that is written to.</summary>
    public const long ReserveBytes = 64L << 20;

    /// <exception cref="StorageException">There is less room for the folder than the bytes and the reserve.</exception>
    public static void Require(string folder, long bytes, string what, Func<string, long> freeBytes)
    {
        string existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } parent)
        {
            existing = parent;
        }

        long free = freeBytes(existing);
        if (free < bytes + ReserveBytes)
        {
            throw new StorageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} needs {bytes / 1e6:F1} MB in {folder} and leaves {ReserveBytes / 1e6:F0} MB for running jobs; {free / 1e6:F1} MB are free. Make room, or name a folder on another disk."));
        }
    }

    public static long OfDisk(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    public static long SizeOf(IEnumerable<string> files) => files.Select(file => new FileInfo(file)).Where(file => file.Exists).Sum(file => file.Length);
}
