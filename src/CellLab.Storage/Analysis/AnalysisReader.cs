using System.Globalization;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Analysis;

/// <summary>Reads <c>analysis.db</c> beside its writer, also from another process. As long as the analysis has not begun there is no file and
/// everything is empty. Safe for several threads: each call has a connection of its own.</summary>
public sealed class AnalysisReader(string folder)
{
    private readonly string _path = Path.Combine(folder, AnalysisSchema.FileName);

    /// <summary>In order of cycles; the open one, if there is one, comes last.</summary>
    /// <exception cref="StorageException">The file is there but cannot be read.</exception>
    public IReadOnlyList<StoredCycle> ReadCycles(JobId job, string stream) => Read(
        "SELECT cycle, closed, result FROM cycles WHERE job = ?1 AND stream = ?2 ORDER BY cycle",
        job,
        stream,
        row => new StoredCycle((int)row.Integer(0), row.Integer(1) != 0, row.Text(2)));

    /// <summary>In the order in which they were found, at most <paramref name="max"/>.</summary>
    /// <exception cref="StorageException">The file is there but cannot be read.</exception>
    public IReadOnlyList<StoredFinding> ReadFindings(JobId job, string stream, int max) => Read(
        "SELECT record, finding FROM findings WHERE job = ?1 AND stream = ?2 ORDER BY number LIMIT " + max.ToString(CultureInfo.InvariantCulture),
        job,
        stream,
        row => new StoredFinding(row.Integer(0), row.Text(1)));

    /// <summary>Records analysed so far; null when the analysis of this job has not begun.</summary>
    /// <exception cref="StorageException">The file is there but cannot be read.</exception>
    public long? CountAnalysed(JobId job, string stream) => Read(
        "SELECT sequence FROM cursors WHERE job = ?1 AND stream = ?2", job, stream, row => (long?)row.Integer(0)) is [var count] ? count : null;

    /// <summary>The analysis has learnt that the job is over, and its results are the last.</summary>
    /// <exception cref="StorageException">The file is there but cannot be read.</exception>
    public bool HasEnded(JobId job, string stream) => Read(
        "SELECT ended FROM cursors WHERE job = ?1 AND stream = ?2", job, stream, row => row.Integer(0)) is [1];

    /// <summary>Results of one analysis of the job, in order of items.</summary>
    /// <exception cref="StorageException">The file is there but cannot be read.</exception>
    public IReadOnlyList<StoredResult> ReadResults(JobId job, string kind) => Read(
        "SELECT kind, item, result FROM results WHERE job = ?1 AND kind = ?2 ORDER BY item",
        job,
        kind,
        row => new StoredResult(row.Text(0), (int)row.Integer(1), row.Text(2)));

    private List<T> Read<T>(string sql, JobId job, string stream, Func<Statement, T> read)
    {
        var rows = new List<T>();
        if (!File.Exists(_path))
        {
            return rows;
        }

        try
        {
            using Database database = Database.Open(_path, create: false);
            database.Execute("PRAGMA query_only = 1");
            if (database.Scalar("PRAGMA user_version") == "0")
            {
                return rows; // the writer is just making the tables
            }

            using Statement statement = database.Prepare(sql);
            statement.Bind(1, job.Value);
            statement.Bind(2, stream);
            while (statement.Step())
            {
                rows.Add(read(statement));
            }
        }
        catch (SqliteFaultException fault)
        {
            throw fault.ToStorageException();
        }

        return rows;
    }
}
