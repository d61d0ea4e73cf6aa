using System.Globalization;
using System.Text;
using CellLab.Core.Storage;

namespace CellLab.Storage;

/// <summary>Holds a data folder for one process; the system lets go of it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StorageException">Another process holds the folder, or it cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Combine(folder, "journal.lock");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "jobs"));
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new FolderLock(file);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new StorageException($"{folder}: the data folder cannot be written ({fault.Message}). Check its owner and rights.", fault);
        }
        catch (IOException fault)
        {
            throw new StorageException(
                $"{folder}: the data folder is in use by another CellLab service{Holder(path)}, or cannot be written ({fault.Message}). "
                + "Stop that service or give this one a data folder of its own.", fault);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Holder(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } process ? $" (process {process})" : "";
        }
        catch (IOException)
        {
            return ""; // systems with mandatory locks do not let us look
        }
    }
}
