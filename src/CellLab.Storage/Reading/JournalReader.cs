using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Reading;

/// <summary>Runs queries on a connection of their own, in turn.</summary>
internal sealed class JournalReader(Database database) : IDisposable
{
    private readonly WorkerThread _thread = new("journal reader");

    public Task<T> ReadAsync<T>(Func<Database, T> query, CancellationToken cancellationToken) =>
        _thread.RunAsync(() => Translate(query), cancellationToken);

    public Task<IReadOnlyList<T>> ListAsync<T>(string sql, Action<Statement> bind, Func<Statement, T> read, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<T>>(connection => List(connection, sql, bind, read), cancellationToken);

    public void Dispose()
    {
        _thread.Dispose();
        database.Dispose();
    }

    private static List<T> List<T>(Database connection, string sql, Action<Statement> bind, Func<Statement, T> read)
    {
        using Statement query = connection.Prepare(sql);
        bind(query);
        var rows = new List<T>();
        while (query.Step())
        {
            rows.Add(read(query));
        }

        return rows;
    }

    private T Translate<T>(Func<Database, T> query)
    {
        try
        {
            return query(database);
        }
        catch (SqliteFaultException fault)
        {
            throw new StorageException($"{fault.Path}: cannot be read ({fault.Message}).", fault);
        }
    }
}
