using System.Security.Cryptography;
using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Maintenance;

/// <summary>Copies a data folder while the service writes into it. Every database is copied as of one moment (<c>VACUUM INTO</c>: a reader's snapshot, which no writer waits
/// for), the journal before the files of the jobs: rows that move from its tail into a job's file meanwhile are then in both, which readers and the mover expect, and never in none.</summary>
public static class DataBackup
{
    /// <summary>Made anew by the service, or not to be copied while it is written.</summary>
    private static readonly string[] s_left = ["broker", "logs"];

    private static readonly string[] s_notAlone = [".db", ".db-wal", ".db-shm", ".db-journal", ".lock", ".pid", ".new"];

    /// <summary>The target's files in the order of their making, relative to it. The target gets its name when everything is in it: a backup that ends early leaves nothing under that name.</summary>
    /// <param name="target">A folder that is absent or empty.</param>
    /// <param name="finish">Adds what belongs to the backup beside the data, in the folder it is given.</param>
    /// <exception cref="StorageException">The data cannot be read, the target not written, or a copy does not pass its check.</exception>
    public static IReadOnlyList<BackupFile> Run(string dataFolder, string target, Action<IReadOnlyList<BackupFile>, string>? finish = null) =>
        Run(dataFolder, target, finish, FreeSpace.OfDisk);

    internal static IReadOnlyList<BackupFile> Run(string dataFolder, string target, Action<IReadOnlyList<BackupFile>, string>? finish, Func<string, long> freeBytes)
    {
        string unfinished = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)) + ".part";
        try
        {
            RefuseFull(target);
            RefuseWithin(dataFolder, unfinished);
            FreeSpace.Require(target, FreeSpace.SizeOf(Names(dataFolder, "*").Where(name => !IsLeft(name)).Select(name => Path.Combine(dataFolder, name))), "the backup", freeBytes);
            Prepare(unfinished);
            IReadOnlyList<BackupFile> files = Copy(dataFolder, unfinished);
            finish?.Invoke(files, unfinished);
            if (Directory.Exists(target))
            {
                Directory.Delete(target); // empty
            }

            Directory.Move(unfinished, target);
            return files;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteFaultException or StorageException)
        {
            string left = Remove(unfinished);
            throw new StorageException($"{dataFolder} was not backed up to {target}: {error.Message}{left}", error);
        }
    }

    private static List<BackupFile> Copy(string dataFolder, string target)
    {
        using IDisposable hold = MaintenanceHold.Take(dataFolder);
        List<string> databases = ["journal.db", .. Names(dataFolder, "*.db").Where(name => name != "journal.db").Order(StringComparer.Ordinal)];
        foreach (string name in databases)
        {
            CopyDatabase(Path.Combine(dataFolder, name), PathIn(target, name));
        }

        List<string> others = [.. Names(dataFolder, "*").Where(name => !IsDatabaseOrHold(name) && !IsLeft(name))];
        others.RemoveAll(name => !TryCopy(Path.Combine(dataFolder, name), PathIn(target, name)));
        return [.. databases.Concat(others).Select(name => Describe(target, name))];
    }

    private static void RefuseFull(string target)
    {
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new IOException("the folder is not empty; name a new one");
        }
    }

    private static void RefuseWithin(string dataFolder, string unfinished)
    {
        if (Path.GetFullPath(unfinished).StartsWith(Path.GetFullPath(dataFolder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new IOException("the folder lies within the data; name one outside");
        }
    }

    private static void Prepare(string unfinished)
    {
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true); // of a backup that was killed
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(unfinished);
        }
        else
        {
            Directory.CreateDirectory(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // it holds the users as well
        }
    }

    private static string Remove(string unfinished)
    {
        try
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            return "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"; {unfinished} could not be removed ({error.Message})";
        }
    }

    private static void CopyDatabase(string source, string copy)
    {
        using (Database database = Database.Open(source, create: false))
        {
            database.Execute($"VACUUM INTO '{copy.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        using Database check = Database.Open(copy, create: false);
        string found = check.Scalar("PRAGMA quick_check") ?? "nothing";
        if (found != "ok")
        {
            throw new IOException($"the copy of {source} is not whole: {found}");
        }
    }

    /// <summary>Not a file that has gone since it was listed: the service takes such ones away (notes for the audit).</summary>
    private static bool TryCopy(string source, string copy)
    {
        try
        {
            File.Copy(source, copy);
            return true;
        }
        catch (FileNotFoundException) when (!File.Exists(source))
        {
            return false;
        }
    }

    private static bool IsLeft(string name) => s_left.Contains(name.Split('/')[0]);

    private static IEnumerable<string> Names(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));

    /// <summary>A database's copy is whole by itself: the log or rollback journal of the original beside it would be played into it and destroy it. A <c>.new</c> file is one that
    /// is just being written or was cut off.</summary>
    private static bool IsDatabaseOrHold(string name) => s_notAlone.Any(end => name.EndsWith(end, StringComparison.Ordinal));

    private static string PathIn(string target, string name)
    {
        string path = Path.Combine(target, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static BackupFile Describe(string target, string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(target, name));
        return new BackupFile(name, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}

public sealed record BackupFile(string Name, long Bytes, string Sha256);
