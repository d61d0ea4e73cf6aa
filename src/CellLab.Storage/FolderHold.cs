namespace CellLab.Storage;

/// <summary>Holds the data folder of a service that is not running, so that none is started meanwhile.</summary>
public static class FolderHold
{
    /// <summary>Null where there is no such folder: no service has run with it.</summary>
    /// <exception cref="Core.Storage.StorageException">A service holds the folder.</exception>
    public static IDisposable? TakeIfPresent(string folder) => Directory.Exists(folder) ? FolderLock.Take(folder) : null;
}
