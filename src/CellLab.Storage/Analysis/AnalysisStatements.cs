using CellLab.Core.Jobs;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Analysis;

/// <summary>The prepared statements of the writer.</summary>
internal sealed class AnalysisStatements(Database database)
{
    private readonly Statement _putCursor = database.Prepare(
        """
        INSERT INTO cursors (job, stream, sequence, state, ended) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (job, stream) DO UPDATE SET sequence = ?3, state = ?4, ended = ?5
        """);

    // A cycle that is stored again as it was keeps its mark; one that has changed is published again.
    private readonly Statement _putCycle = database.Prepare(
        """
        INSERT INTO cycles (job, stream, cycle, closed, published, result) VALUES (?1, ?2, ?3, ?4, 0, ?5)
        ON CONFLICT (job, stream, cycle) DO UPDATE
        SET published = published AND closed = ?4 AND result = ?5, closed = ?4, result = ?5
        """);

    private readonly Statement _addFinding = database.Prepare("INSERT INTO findings (job, stream, record, finding) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _markPublished = database.Prepare(
        "UPDATE cycles SET published = 1 WHERE job = ?1 AND stream = ?2 AND cycle = ?3 AND result = ?4");

    private readonly Statement _readCursor = database.Prepare("SELECT sequence, state, ended FROM cursors WHERE job = ?1 AND stream = ?2");

    private readonly Statement _readCycles = database.Prepare("SELECT cycle, closed, result FROM cycles WHERE job = ?1 AND stream = ?2 ORDER BY cycle");

    private readonly Statement _readUnpublished = database.Prepare(
        "SELECT job, stream, cycle, result FROM cycles WHERE closed = 1 AND published = 0 ORDER BY job, stream, cycle");

    public void PutCursor(AnalysisWrite write)
    {
        BindKey(_putCursor, write.Job, write.Stream);
        _putCursor.Bind(3, write.Sequence);
        _putCursor.Bind(4, write.StateJson);
        _putCursor.Bind(5, write.Ended ? 1L : 0L);
        _putCursor.Execute();
    }

    public void PutCycle(JobId job, string stream, StoredCycle cycle)
    {
        BindKey(_putCycle, job, stream);
        _putCycle.Bind(3, (long)cycle.Cycle);
        _putCycle.Bind(4, cycle.Closed ? 1L : 0L);
        _putCycle.Bind(5, cycle.ResultJson);
        _putCycle.Execute();
    }

    public void AddFinding(JobId job, string stream, StoredFinding finding)
    {
        BindKey(_addFinding, job, stream);
        _addFinding.Bind(3, finding.Record);
        _addFinding.Bind(4, finding.FindingJson);
        _addFinding.Execute();
    }

    public void MarkPublished(UnpublishedCycle cycle)
    {
        BindKey(_markPublished, cycle.Job, cycle.Stream);
        _markPublished.Bind(3, (long)cycle.Cycle);
        _markPublished.Bind(4, cycle.ResultJson);
        _markPublished.Execute();
    }

    public AnalysisCursor? ReadCursor(JobId job, string stream)
    {
        BindKey(_readCursor, job, stream);
        AnalysisCursor? cursor = _readCursor.Step()
            ? new AnalysisCursor(job, stream, _readCursor.Integer(0), _readCursor.Text(1), _readCursor.Integer(2) != 0)
            : null;
        _readCursor.Reset();
        return cursor;
    }

    public IReadOnlyList<UnpublishedCycle> ReadUnpublished()
    {
        var cycles = new List<UnpublishedCycle>();
        while (_readUnpublished.Step())
        {
            cycles.Add(new UnpublishedCycle(
                new JobId(_readUnpublished.Text(0)), _readUnpublished.Text(1), (int)_readUnpublished.Integer(2), _readUnpublished.Text(3)));
        }

        return cycles;
    }

    public IReadOnlyList<StoredCycle> ReadCycles(JobId job, string stream)
    {
        BindKey(_readCycles, job, stream);
        var cycles = new List<StoredCycle>();
        while (_readCycles.Step())
        {
            cycles.Add(new StoredCycle((int)_readCycles.Integer(0), _readCycles.Integer(1) != 0, _readCycles.Text(2)));
        }

        return cycles;
    }

    public void Clear(JobId job, string stream)
    {
        foreach (string table in (string[])["cursors", "cycles", "findings"])
        {
            using Statement statement = database.Prepare($"DELETE FROM {table} WHERE job = ?1 AND stream = ?2");
            BindKey(statement, job, stream);
            statement.Execute();
        }
    }

    private static void BindKey(Statement statement, JobId job, string stream)
    {
        statement.Bind(1, job.Value);
        statement.Bind(2, stream);
    }
}
