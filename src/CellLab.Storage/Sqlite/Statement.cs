using SQLitePCL;

namespace CellLab.Storage.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public void Bind(int index, long value) => database.Check(raw.sqlite3_bind_int64(handle, index, value));

    public void Bind(int index, double value) => database.Check(raw.sqlite3_bind_double(handle, index, value));

    public void Bind(int index, string? value) =>
        database.Check(value is null ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_text(handle, index, value));

    public void Bind(int index, double? value)
    {
        if (value is { } number)
        {
            Bind(index, number);
        }
        else
        {
            database.Check(raw.sqlite3_bind_null(handle, index));
        }
    }

    public void Bind(int index, long? value)
    {
        if (value is { } number)
        {
            Bind(index, number);
        }
        else
        {
            database.Check(raw.sqlite3_bind_null(handle, index));
        }
    }

    /// <summary>True when a row stands ready, false at the end; after the end the statement can be bound and run again.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        SqliteFaultException? fault = code == raw.SQLITE_DONE ? null : database.Fault(code);
        Reset();
        return fault is null ? false : throw fault;
    }

    /// <summary>Runs to the end and drops rows.</summary>
    public void Execute()
    {
        while (Step())
        {
        }
    }

    /// <summary>Leaves a query before its end, so that it holds no snapshot.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public int Columns => raw.sqlite3_column_count(handle);

    /// <summary>As it is stored: long, double, string or null.</summary>
    public object? Value(int column) => raw.sqlite3_column_type(handle, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => Integer(column),
        raw.SQLITE_FLOAT => Real(column),
        _ => Text(column),
    };

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public double Real(int column) => raw.sqlite3_column_double(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public long? IntegerOrNull(int column) => IsNull(column) ? null : Integer(column);

    public double? RealOrNull(int column) => IsNull(column) ? null : Real(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose()
    {
        database.Forget(this);
        handle.Dispose();
    }
}
