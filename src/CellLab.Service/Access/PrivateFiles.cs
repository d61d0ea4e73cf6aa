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
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReads;
        }

        return new FileStream(path, options);
    }

    /// <summary>Written beside the old one, flushed to the disk, then renamed over it.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> contents)
    {
        string beside = path + ".new";
        using (FileStream file = Open(beside, FileMode.Create))
        {
            file.Write(contents);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The text of a file that the first of several processes makes.</summary>
    public static string ReadOrMake(string path, Func<string> make)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            string beside = $"{path}.{Environment.ProcessId}";
            using (var writer = new StreamWriter(Open(beside, FileMode.Create)))
            {
                writer.Write(make());
            }

            try
            {
                File.Move(beside, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(beside); // the other process was first
            }
        }

        return File.ReadAllText(path).Trim();
    }
}
