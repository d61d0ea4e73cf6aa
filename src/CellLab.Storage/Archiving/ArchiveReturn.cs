using System.Text.Json;
using CellLab.Core.Storage;
using CellLab.Storage.Moving;
using CellLab.Storage.Writing;

namespace CellLab.Storage.Archiving;

/// <summary>Puts the rows of an archived job back into the data folder. Until the job is marked as here they are nobody's, and a new start clears them away.</summary>
internal sealed class ArchiveReturn(string folder, JournalWriter writer, Action<ArchiveStep> before)
{
    private const int RowsAtOnce = 1024;

    /// <summary>Of an archive that has passed its check.</summary>
    public async Task RunAsync(JobArchive archive, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(new PendingWrite { Run = database => ArchiveBook.Store(database, archive with { IsCleared = false }) }, cancellationToken);
        before(ArchiveStep.PutFile);
        await PutFileAsync(archive, cancellationToken);
        before(ArchiveStep.PutRows);
        IReadOnlyList<(string Table, JsonElement[] Values)> rows = JournalDump.Read(Path.Combine(archive.Folder, ArchiveNames.Journal));
        foreach ((string Table, JsonElement[] Values)[] some in rows.Chunk(RowsAtOnce))
        {
            await writer.WriteAsync(new PendingWrite { Run = database => JournalDump.Put(database, some) }, cancellationToken);
        }
    }

    private async Task PutFileAsync(JobArchive archive, CancellationToken cancellationToken)
    {
        string source = Path.Combine(archive.Folder, ArchiveNames.Records);
        if (!File.Exists(source))
        {
            return; // the job had no rows; a missing file would have been noticed by the list
        }

        string target = JobFile.PathOf(folder, archive.Job);
        string unfinished = target + ".new";
        File.Delete(unfinished);
        try
        {
            await CopyAsync(source, unfinished, cancellationToken);
            File.Move(unfinished, target, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished); // on a full disk it takes the room of running jobs
            throw;
        }
    }

    private static async Task CopyAsync(string source, string copy, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(copy)!;
        await using FileStream from = File.OpenRead(source);
        ArchivedFile written = await HashedFile.WriteAsync(folder, Path.GetFileName(copy), from.CopyToAsync, cancellationToken);
        if (await HashedFile.ReadAsync(folder, Path.GetFileName(copy), cancellationToken) != written)
        {
            throw new StorageException($"{copy}: the copy of {source} is not the same. Check the disk.");
        }
    }
}
