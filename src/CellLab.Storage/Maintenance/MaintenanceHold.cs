using CellLab.Core.Storage;

namespace CellLab.Storage.Maintenance;

/// <summary>Held while a backup copies a data folder, and while rows leave it for an archive or come back: a copy of the journal from before and of the jobs' files
/// from after would have the rows nowhere.</summary>
internal static class MaintenanceHold
{
    /// <exception cref="StorageException">Somebody else holds it, or the folder cannot be written.</exception>
    public static IDisposable Take(string dataFolder)
    {
        try
        {
            return new FileStream(Path.Combine(dataFolder, "maintenance.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"{dataFolder}: a backup runs, or a job is being archived or restored, or the folder cannot be written ({fault.Message}). Try again when that has ended.", fault);
        }
    }
}
