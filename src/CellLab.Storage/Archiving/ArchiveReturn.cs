using System.Text.Json;
using CellLab.Core.Storage;
using CellLab.Storage.Moving;
using CellLab.Storage.Writing;

namespace CellLab.Storage.Archiving;

/// <summary>Puts the rows of an archived job back into the data folder. Until the job is marked as here they are nobody's, and a new start clears them away.</summary>
internal sealed class ArchiveReturn(string folder, JournalWriter writer, Action<ArchiveStep> before)
{
    private const int RowsAtOnce = 1024;

    /// <exception cref="StorageException">The archive is not as it was written.</exception>
    public async Task RunAsync(JobArchive archive, CancellationToken cancellationToken)
    {
        await ArchiveManifest.CheckAsync(archive.Folder, cancellationToken);
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
        await using (FileStream from = File.OpenRead(source))
        {
            ArchivedFile copy = await HashedFile.WriteAsync(Path.GetDirectoryName(target)!, Path.GetFileName(unfinished), from.CopyToAsync, cancellationToken);
            ArchivedFile back = await HashedFile.ReadAsync(Path.GetDirectoryName(target)!, Path.GetFileName(unfinished), cancellationToken);
            if (back != copy)
            {
                throw new StorageException($"{unfinished}: the copy of {source} is not the same. Check the disk.");
            }
        }

        File.Move(unfinished, target, overwrite: true);
    }
}
