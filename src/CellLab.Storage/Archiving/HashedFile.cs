using System.Security.Cryptography;

namespace CellLab.Storage.Archiving;

/// <summary>Writes files through to the disk with their SHA-256, and reads them back.</summary>
internal static class HashedFile
{
    public static async Task<ArchivedFile> WriteAsync(string folder, string name, Func<Stream, CancellationToken, Task> writeAsync, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        await using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            await writeAsync(hashed, cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return new ArchivedFile(name, file.Length, Convert.ToHexStringLower(hash.Hash!));
    }

    public static async Task<ArchivedFile> ReadAsync(string folder, string name, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(Path.Combine(folder, name));
        return new ArchivedFile(name, file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
    }
}
