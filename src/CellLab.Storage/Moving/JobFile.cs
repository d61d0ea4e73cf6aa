using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Moving;

/// <summary>A job's own file <c>jobs/&lt;job&gt;.db</c>. It keeps a rollback journal: rows are only appended, so that writes little, and the file
/// is whole by itself at every moment nobody writes.</summary>
internal sealed class JobFile : IDisposable
{
    private const int BusyMilliseconds = 2000;
    private readonly Database _database;

    private JobFile(Database database) => _database = database;

    public Database Database => _database;

    /// <exception cref="StorageException">The name of the job cannot be a file name.</exception>
    public static string PathOf(string folder, JobId job) =>
        job.Value.Length is > 0 and <= 64 && job.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? Path.Combine(folder, "jobs", job.Value + ".db")
            : throw new StorageException($"job '{job}': a job is named by letters, digits, - and _, at most 64 of them.");

    /// <summary>Opens the file to add rows, makes it if need be.</summary>
    public static JobFile OpenToAppend(string folder, JobId job) => OpenFileToAppend(PathOf(folder, job));

    public static JobFile OpenFileToAppend(string path)
    {
        var file = new JobFile(Database.Open(path, BusyMilliseconds));
        try
        {
            file._database.Execute("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
            Migrator.Migrate(file._database, JobFileSchema.Migrations);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Null when the job has no file yet. Needs the right to write, because a crash may have left a half transaction to roll back.</summary>
    public static JobFile? OpenToRead(string folder, JobId job)
    {
        string path = PathOf(folder, job);
        return File.Exists(path) ? new JobFile(Database.Open(path, BusyMilliseconds, create: false)) : null;
    }

    /// <summary>Adds the rows in one transaction; rows that are there already stay as they are.</summary>
    public void Append<TRow>(RowLayout<TRow> layout, IReadOnlyList<TRow> rows)
    {
        using Statement insert = _database.Prepare(
            $"INSERT OR IGNORE INTO {layout.Table} (stream, seq, {layout.Columns}) VALUES (?, ?, {layout.Marks})");
        _database.Execute("BEGIN IMMEDIATE");
        foreach (TRow row in rows)
        {
            insert.Bind(1, layout.NameOf(row).Stream);
            insert.Bind(2, layout.SequenceOf(row));
            layout.Bind(insert, 3, row);
            insert.Execute();
        }

        Summarise(layout, rows);
        _database.Execute("COMMIT");
    }

    public void Read<TRow>(RowLayout<TRow> layout, StreamName name, long firstSequence, long lastSequence, List<TRow> into)
    {
        using Statement query = _database.Prepare(
            $"SELECT seq, {layout.Columns} FROM {layout.Table} WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq");
        query.Bind(1, name.Stream);
        query.Bind(2, firstSequence);
        query.Bind(3, lastSequence);
        while (query.Step())
        {
            into.Add(layout.Read(query, 1, name, query.Integer(0)));
        }
    }

    /// <summary>0 without rows.</summary>
    public long LastSequence<TRow>(RowLayout<TRow> layout, StreamName name)
    {
        using Statement query = _database.Prepare($"SELECT coalesce(max(seq), 0) FROM {layout.Table} WHERE stream = ?");
        query.Bind(1, name.Stream);
        return query.Step() ? query.Integer(0) : 0;
    }

    public void Dispose() => _database.Dispose();

    /// <summary>The rows are of one stream and in order.</summary>
    private void Summarise<TRow>(RowLayout<TRow> layout, IReadOnlyList<TRow> rows)
    {
        if (layout.Summarise is not { } sql || rows.Count == 0)
        {
            return;
        }

        using Statement summarise = _database.Prepare(sql);
        summarise.Bind(1, layout.NameOf(rows[0]).Stream);
        summarise.Bind(2, layout.SequenceOf(rows[0]));
        summarise.Bind(3, layout.SequenceOf(rows[^1]));
        summarise.Execute();
    }
}
