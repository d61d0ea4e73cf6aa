namespace CellLab.Service.Access;

/// <summary>Files for the service's own user alone.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerReads | UnixFileMode.UserExecute);
        }
    }

    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 }; // what was not written is not tried again when it is closed
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReads;
        }

        return new FileStream(path, options);
    }

    /// <summary>Written beside the old one, flushed to the disk, then renamed over it. What a full disk lets be written of it is taken away again.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> contents)
    {
        string beside = path + ".new";
        try
        {
            Write(beside, contents);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Remove(beside);
            throw;
        }
    }

    /// <summary>The text of a file that the first of several processes makes.</summary>
    public static string ReadOrMake(string path, Func<string> make)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            string beside = $"{path}.{Environment.ProcessId}";
            try
            {
                Write(beside, System.Text.Encoding.ASCII.GetBytes(make()));
                File.Move(beside, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                Remove(beside); // the other process was first
            }
            catch (IOException)
            {
                Remove(beside); // a full disk
                throw;
            }
        }

        return File.ReadAllText(path).Trim();
    }

    private static void Write(string path, ReadOnlySpan<byte> contents)
    {
        using FileStream file = Open(path, FileMode.Create);
        file.Write(contents);
        file.Flush(flushToDisk: true);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // it is in nobody's way: the next writing begins it anew
        }
    }
}
