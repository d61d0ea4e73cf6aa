using SQLitePCL;

namespace CellLab.Storage.Sqlite;

/// <summary>One connection to one SQLite file, used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private const int OkCode = raw.SQLITE_OK;
    private readonly sqlite3 _handle;
    private readonly List<Statement> _statements = [];

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle, string path)
    {
        _handle = handle;
        Path = path;
    }

    public string Path { get; }

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Opens the file, or makes it. Statements wait up to <paramref name="busyMilliseconds"/> for other connections.</summary>
    public static Database Open(string path, int busyMilliseconds = 5000, bool create = true)
    {
        int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, flags, null);
        var database = new Database(handle, path);
        if (code != OkCode)
        {
            SqliteFaultException fault = database.Fault(code);
            database.Dispose();
            throw fault;
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, busyMilliseconds);
        return database;
    }

    /// <summary>Runs one statement or several; rows are dropped.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Runs one statement and gives the first column of its first row, or null.</summary>
    public string? Scalar(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    /// <summary>The statement lives as long as the connection unless it is disposed of before.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt handle));
        var statement = new Statement(this, handle);
        _statements.Add(statement);
        return statement;
    }

    public void Check(int code)
    {
        if (code != OkCode)
        {
            throw Fault(code);
        }
    }

    public SqliteFaultException Fault(int code) => new(code, Path, raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Forget(Statement statement) => _statements.Remove(statement);

    public void Dispose()
    {
        foreach (Statement statement in _statements.ToArray())
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }
}
