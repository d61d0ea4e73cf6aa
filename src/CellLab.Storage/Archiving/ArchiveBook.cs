using System.Collections.Concurrent;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Archiving;

/// <summary>Which jobs are archived: table <c>archives</c> of the journal, kept in memory for cheap questions.</summary>
internal sealed class ArchiveBook
{
    private readonly ConcurrentDictionary<JobId, JobArchive> _archives = new();

    public ArchiveBook(Database database)
    {
        using Statement query = database.Prepare("SELECT job, folder, wall_100ns, who, is_cleared FROM archives");
        while (query.Step())
        {
            var job = new JobId(query.Text(0));
            _archives[job] = new JobArchive(job, query.Text(1), Instant.FromStored(query.Integer(2)), query.Text(3)) { IsCleared = query.Integer(4) != 0 };
        }
    }

    public IReadOnlyList<JobArchive> All => [.. _archives.Values];

    public JobArchive? Find(JobId job) => _archives.GetValueOrDefault(job);

    public void Put(JobArchive archive) => _archives[archive.Job] = archive;

    public void Remove(JobId job) => _archives.TryRemove(job, out _);

    /// <exception cref="JobArchivedException">The job's rows are not here.</exception>
    public void RequireHere(JobId job)
    {
        if (Find(job) is { } archive)
        {
            throw new JobArchivedException(job, archive.Folder);
        }
    }

    /// <summary>Within the writer's transaction.</summary>
    public static void Store(Database database, JobArchive archive)
    {
        using Statement put = database.Prepare("REPLACE INTO archives VALUES (?, ?, ?, ?, ?)");
        put.Bind(1, archive.Job.Value);
        put.Bind(2, archive.Folder);
        put.Bind(3, Instant.ToStored(archive.AtUtc));
        put.Bind(4, archive.Who);
        put.Bind(5, archive.IsCleared ? 1L : 0L);
        put.Execute();
    }

    /// <summary>Within the writer's transaction.</summary>
    public static void Delete(Database database, JobId job)
    {
        using Statement delete = database.Prepare("DELETE FROM archives WHERE job = ?");
        delete.Bind(1, job.Value);
        delete.Execute();
    }
}
