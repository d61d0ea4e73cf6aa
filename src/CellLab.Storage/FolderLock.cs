using System.Globalization;
using CellLab.Core.Storage;

namespace CellLab.Storage;

/// <summary>Holds a data folder for one process; the system lets go of it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private const int HeldOnLinux = 11; // EWOULDBLOCK
    private const int HeldOnMacOs = 35;
    private const int HeldOnWindows = unchecked((int)0x80070020);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StorageException">Another process holds the folder, or it cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        string process = Path.Combine(folder, "journal.pid"); // a file of its own: nobody can read one that is held
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "jobs"));
            var file = new FileStream(Path.Combine(folder, "journal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(process, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new FolderLock(file);
        }
        catch (IOException fault) when (fault.HResult is HeldOnLinux or HeldOnMacOs or HeldOnWindows)
        {
            throw new StorageException(
                $"{folder}: the data folder is in use by another CellLab service (process {Read(process)}). "
                + "Stop that service or give this one a data folder of its own.", fault);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new StorageException(
                $"{folder}: the data folder cannot be written ({fault.Message}). Check its owner and rights and the room on its disk.", fault);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
