using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Analysis;

/// <summary>The writer of <c>analysis.db</c>, of which there is one: the analysis role. One thread at a time.
/// Others read with <see cref="AnalysisReader"/>.</summary>
public sealed class AnalysisStore : IDisposable
{
    private readonly FileStream _lock;
    private readonly Database _database;
    private readonly AnalysisStatements _statements;
    private readonly ResultStatements _results;

    private AnalysisStore(FileStream @lock, Database database)
    {
        _lock = @lock;
        _database = database;
        _statements = new AnalysisStatements(database);
        _results = new ResultStatements(database);
    }

    /// <exception cref="StorageException">Another process analyses into this folder, or the file cannot be opened, is damaged, or comes from a
    /// newer version.</exception>
    public static AnalysisStore Open(string folder)
    {
        FileStream @lock = TakeLock(folder);
        try
        {
            return Guarded(() => new AnalysisStore(@lock, OpenDatabase(folder)));
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Returns when all of it is on the disk.</summary>
    /// <exception cref="StorageException">Nothing of it is stored.</exception>
    public void Write(IReadOnlyList<AnalysisWrite> writes) => InTransaction(() =>
    {
        foreach (AnalysisWrite write in writes)
        {
            Put(write);
        }
    });

    /// <summary>Forgets everything about the stream, to compute it again.</summary>
    public void Clear(JobId job, string stream) => InTransaction(() => _statements.Clear(job, stream));

    /// <summary>Null when nothing of the stream has been analysed.</summary>
    public AnalysisCursor? ReadCursor(JobId job, string stream) => Guarded(() => _statements.ReadCursor(job, stream));

    /// <summary>Closed cycles, then results, that still have to be published, in order within each job.</summary>
    public IReadOnlyList<UnpublishedItem> ReadUnpublished() =>
        Guarded(() => (IReadOnlyList<UnpublishedItem>)[.. _statements.ReadUnpublished(), .. _results.ReadUnpublished()]);

    /// <summary>Notes the acknowledged ones; one whose result has changed since then stays unpublished.</summary>
    public void MarkPublished(IReadOnlyList<UnpublishedItem> items) => InTransaction(() =>
    {
        foreach (UnpublishedItem item in items)
        {
            switch (item)
            {
                case UnpublishedCycle cycle:
                    _statements.MarkPublished(cycle);
                    break;
                case UnpublishedResult result:
                    _results.MarkPublished(result);
                    break;
            }
        }
    });

    /// <summary>In order of cycles.</summary>
    public IReadOnlyList<StoredCycle> ReadCycles(JobId job, string stream) => Guarded(() => _statements.ReadCycles(job, stream));

    /// <summary>All of one kind, in order of items.</summary>
    public IReadOnlyList<StoredResult> ReadResults(JobId job, string kind) => Guarded(() => _results.Read(job, kind));

    public StoredResult? ReadResult(JobId job, string kind, int item) => Guarded(() => _results.Read(job, kind, item));

    public void Dispose()
    {
        _database.Dispose();
        _lock.Dispose();
    }

    private static FileStream TakeLock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, "analysis.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"{folder}: another analysis writes there, or the folder cannot be written ({fault.Message}). End the other one or check the folder's rights.",
                fault);
        }
    }

    private static Database OpenDatabase(string folder)
    {
        Database database = Database.Open(Path.Combine(folder, AnalysisSchema.FileName));
        try
        {
            AnalysisSchema.Prepare(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void Put(AnalysisWrite write)
    {
        _statements.PutCursor(write);
        foreach (StoredCycle cycle in write.Cycles)
        {
            _statements.PutCycle(write.Job, write.Stream, cycle);
        }

        foreach (StoredFinding finding in write.Findings)
        {
            _statements.AddFinding(write.Job, write.Stream, finding);
        }

        foreach (StoredResult result in write.Results)
        {
            _results.Put(write.Job, result);
        }
    }

    private static T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteFaultException fault)
        {
            throw fault.ToStorageException();
        }
    }

    private void InTransaction(Action action) => Guarded(() =>
    {
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            action();
            _database.Execute("COMMIT");
            return true;
        }
        catch
        {
            if (_database.InTransaction)
            {
                _database.Execute("ROLLBACK");
            }

            throw;
        }
    });
}
