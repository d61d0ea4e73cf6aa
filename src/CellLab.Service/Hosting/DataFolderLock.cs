namespace CellLab.Service.Hosting;

/// <summary>Keeps a second service from the same data: two writers, and two masters of one instrument, would be the worst of faults. The
/// operating system lifts the lock when the process ends in whatever way.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream held;

    private DataFolderLock(FileStream held) => this.held = held;

    /// <exception cref="StartRefusedException">The folder cannot be written, or another service holds it.</exception>
    public static DataFolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"{folder}: the data folder cannot be made ({error.Message}). Set \"data\" in the configuration to a folder this user may write.", error);
        }

        string file = Path.Combine(folder, "service.lock");
        try
        {
            return new DataFolderLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StartRefusedException($"{file}: not writable ({error.Message}). Give this user the right to write the data folder.", error);
        }
        catch (IOException error)
        {
            throw new StartRefusedException(
                $"{folder}: another service works with this data folder. End it first, or set another \"data\" in the configuration.", error);
        }
    }

    public void Dispose() => held.Dispose();
}
