using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Storage.Maintenance;
using CellLab.Storage.Moving;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace CellLab.Storage.Archiving;

/// <summary>Takes ended jobs out of the data folder into archives and brings them back. One at a time. A job is archived from the moment on at which one transaction
/// says so; before it everything is in the store, after it the archive is complete: docs/decisions/0016.</summary>
#pragma warning disable CA1001 // the semaphore is never asked for its handle, so there is nothing to dispose of
public sealed class JobArchives
#pragma warning restore CA1001
{
    /// <summary>Room for tables beside a job's rows, and for the journal's log beside its rows: what was seen is less.</summary>
    private const int SizesToRows = 3;

    private readonly ArchiveParts _parts;
    private readonly SemaphoreSlim _turn = new(1);

    internal JobArchives(ArchiveParts parts) => _parts = parts;

    /// <summary>Null for a job whose rows are in the store.</summary>
    public JobArchive? Find(JobId job) => _parts.Book.Find(job);

    /// <summary>Returns when the archive is complete and checked and the rows have left the data folder.</summary>
    /// <exception cref="StorageException">Nothing has changed in the store, or the archive is complete and rows are still to leave; the message says which and why.</exception>
    public async Task<JobArchive> ArchiveAsync(ArchiveOrder order, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using IDisposable hold = MaintenanceHold.Take(_parts.Folder);
            return await Task.Run(() => RunAsync(order, cancellationToken), cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SqliteFaultException)
        {
            throw new StorageException($"job {order.Job.Id} was not archived to {order.Root}: {fault.Message}. It is whole in the store.", fault);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Returns when all rows are back. The archive stays where it is.</summary>
    /// <exception cref="StorageException">The job is not archived, or its archive is not as it was written; it stays archived.</exception>
    public async Task RestoreAsync(JobId job, string who, string reason, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using IDisposable hold = MaintenanceHold.Take(_parts.Folder);
            JobArchive archive = Find(job) ?? throw new StorageException($"job {job} is not archived: its records are here.");
            await Task.Run(() => BringBackAsync(archive, who, reason, cancellationToken), cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SqliteFaultException)
        {
            throw new StorageException($"job {job} was not restored: {fault.Message}. It is still archived.", fault);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends what a crash cut off after the mark.</summary>
    internal void Resume(ILogger logger)
    {
        foreach (JobArchive archive in _parts.Book.All.Where(archive => !archive.IsCleared))
        {
            try
            {
                _parts.Clearing.Run(archive);
            }
            catch (Exception fault) when (IsOfDisk(fault))
            {
                Log.ClearingInTrouble(logger, fault, archive.Job.Value);
            }
        }
    }

    private async Task<JobArchive> RunAsync(ArchiveOrder order, CancellationToken cancellationToken)
    {
        JobId job = order.Job.Id;
        _parts.Book.RequireHere(job);
        await _parts.MoveAllAsync(cancellationToken);
        ArchiveContents contents = await _parts.ReadContentsAsync(job, cancellationToken);
        _parts.RequireRoom(order.Root, (SizesToRows * FreeSpace.SizeOf([JobFile.PathOf(_parts.Folder, job)])) + contents.Journal.Length, $"the archive of job {job}");
        DateTimeOffset now = _parts.Wall.GetUtcNow();
        var folder = new ArchiveFolder(_parts.Folder, order, contents, now);
        string finished;
        try
        {
            _parts.Before(ArchiveStep.Write);
            await folder.WriteAsync(cancellationToken);
            _parts.Before(ArchiveStep.Verify);
            await folder.CheckAsync(cancellationToken);
            _parts.Before(ArchiveStep.Name);
            finished = folder.Name();
        }
        catch when (Directory.Exists(folder.Path))
        {
            Directory.Delete(folder.Path, recursive: true);
            throw;
        }

        _parts.Before(ArchiveStep.Mark);
        var archive = new JobArchive(job, finished, now, order.Who);
        await MarkAsync(archive, contents, order.Reason, cancellationToken);
        Clear(archive);
        return archive;
    }

    private void Clear(JobArchive archive)
    {
        try
        {
            _parts.Clearing.Run(archive);
        }
        catch (Exception fault) when (IsOfDisk(fault))
        {
            throw new StorageException(
                $"job {archive.Job} is archived in {archive.Folder}, but not all of its rows have left {_parts.Folder}: {fault.Message} The next start of the service takes the rest away.", fault);
        }
    }

    private async Task MarkAsync(JobArchive archive, ArchiveContents contents, string reason, CancellationToken cancellationToken)
    {
        JournalWrite notes = Notes(archive.Job, archive.Who, "job archive", reason, $"archived to {archive.Folder}");
        await _parts.Writer.WriteAsync(
            new PendingWrite
            {
                Write = notes,
                Run = database =>
                {
                    if (JournalDump.Write(database, archive.Job) != contents.Journal)
                    {
                        throw new StorageException($"job {archive.Job} has changed while it was archived; nothing has left the store. Try again.");
                    }

                    ArchiveBook.Store(database, archive);
                },
            },
            cancellationToken);
        _parts.Book.Put(archive);
    }

    private async Task BringBackAsync(JobArchive archive, string who, string reason, CancellationToken cancellationToken)
    {
        await ArchiveManifest.CheckAsync(archive.Folder, cancellationToken);
        long rows = FreeSpace.SizeOf([Path.Combine(archive.Folder, ArchiveNames.Records)]);
        long journal = FreeSpace.SizeOf([Path.Combine(archive.Folder, ArchiveNames.Journal)]);
        _parts.RequireRoom(_parts.Folder, rows + (SizesToRows * journal), $"bringing back job {archive.Job}");
        try
        {
            await _parts.Return.RunAsync(archive, cancellationToken);
            _parts.Before(ArchiveStep.Unmark);
            JournalWrite notes = Notes(archive.Job, who, "job restore", reason, $"restored from {archive.Folder}");
            await _parts.Writer.WriteAsync(new PendingWrite { Write = notes, Run = database => ArchiveBook.Delete(database, archive.Job) }, cancellationToken);
        }
        catch
        {
            TakeAway(archive);
            throw;
        }

        _parts.Book.Remove(archive.Job);
    }

    /// <summary>Gives the room back that half a return has taken. Where even that fails, the next start does it.</summary>
    private void TakeAway(JobArchive archive)
    {
        try
        {
            _parts.Clearing.Run(archive);
        }
        catch (Exception fault) when (IsOfDisk(fault))
        {
            // what ended the return is told; this has the same cause
        }
    }

    private static bool IsOfDisk(Exception fault) => fault is SqliteFaultException or StorageException or IOException or UnauthorizedAccessException;

    /// <summary>The event is the node's: the job's own events leave with it and come back as they were. It keeps the numbers of events rising.</summary>
    private JournalWrite Notes(JobId job, string who, string command, string reason, string result) => new()
    {
        Events = [new JobEvent(0, _parts.Lab.GetUtcNow(), _parts.Wall.GetUtcNow(), null, null, "archive", $"job {job} {result} by {who}: {reason}", null)],
        Audit = [new AuditEntry(0, _parts.Wall.GetUtcNow(), who, command, job.Value, reason, result)],
    };
}
