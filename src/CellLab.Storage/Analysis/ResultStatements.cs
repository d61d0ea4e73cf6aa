using CellLab.Core.Jobs;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Analysis;

/// <summary>The prepared statements for results.</summary>
internal sealed class ResultStatements(Database database)
{
    // A result that is stored again as it was keeps its mark; one that has changed is published again.
    private readonly Statement _put = database.Prepare(
        """
        INSERT INTO results (job, kind, item, published, result) VALUES (?1, ?2, ?3, 0, ?4)
        ON CONFLICT (job, kind, item) DO UPDATE SET published = published AND result = ?4, result = ?4
        """);

    private readonly Statement _markPublished = database.Prepare("UPDATE results SET published = 1 WHERE job = ?1 AND kind = ?2 AND item = ?3 AND result = ?4");

    private readonly Statement _readUnpublished = database.Prepare("SELECT job, kind, item, result FROM results WHERE published = 0 ORDER BY job, kind, item");

    private readonly Statement _read = database.Prepare("SELECT kind, item, result FROM results WHERE job = ?1 AND kind = ?2 AND item = ?3");

    private readonly Statement _readKind = database.Prepare("SELECT kind, item, result FROM results WHERE job = ?1 AND kind = ?2 ORDER BY item");

    public void Put(JobId job, StoredResult result)
    {
        Bind(_put, job, result.Kind, result.Item, result.ResultJson);
        _put.Execute();
    }

    public void MarkPublished(UnpublishedResult result)
    {
        Bind(_markPublished, result.Job, result.Kind, result.Item, result.ResultJson);
        _markPublished.Execute();
    }

    public IReadOnlyList<UnpublishedResult> ReadUnpublished()
    {
        var results = new List<UnpublishedResult>();
        while (_readUnpublished.Step())
        {
            results.Add(new UnpublishedResult(
                new JobId(_readUnpublished.Text(0)), _readUnpublished.Text(1), (int)_readUnpublished.Integer(2), _readUnpublished.Text(3)));
        }

        return results;
    }

    public StoredResult? Read(JobId job, string kind, int item)
    {
        _read.Bind(1, job.Value);
        _read.Bind(2, kind);
        _read.Bind(3, (long)item);
        StoredResult? result = _read.Step() ? new StoredResult(_read.Text(0), (int)_read.Integer(1), _read.Text(2)) : null;
        _read.Reset();
        return result;
    }

    public IReadOnlyList<StoredResult> Read(JobId job, string kind)
    {
        var results = new List<StoredResult>();
        _readKind.Bind(1, job.Value);
        _readKind.Bind(2, kind);
        while (_readKind.Step())
        {
            results.Add(new StoredResult(_readKind.Text(0), (int)_readKind.Integer(1), _readKind.Text(2)));
        }

        return results;
    }

    private static void Bind(Statement statement, JobId job, string kind, int item, string result)
    {
        statement.Bind(1, job.Value);
        statement.Bind(2, kind);
        statement.Bind(3, (long)item);
        statement.Bind(4, result);
    }
}
