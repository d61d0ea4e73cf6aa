using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Archiving;

/// <summary>Whether a job's file is sound and holds every row.</summary>
internal static class ArchiveRows
{
    /// <exception cref="StorageException">It is damaged, or rows are missing.</exception>
    public static void Check(string file, IReadOnlyDictionary<(string Table, string Stream), long> expected)
    {
        try
        {
            using Database database = Database.Open(file, create: false);
            string found = database.Scalar("PRAGMA quick_check") ?? "nothing";
            if (found != "ok")
            {
                throw new StorageException($"{file}: the database is not whole: {found}");
            }

            foreach (((string table, string stream), long rows) in expected)
            {
                Check(database, table, stream, rows);
            }
        }
        catch (SqliteFaultException fault)
        {
            throw fault.ToStorageException();
        }
    }

    /// <summary>Rows are numbered from 1 without gap: number and highest number together leave none out.</summary>
    private static void Check(Database database, string table, string stream, long rows)
    {
        using Statement count = database.Prepare($"SELECT count(*), coalesce(min(seq), 0), coalesce(max(seq), 0) FROM {table} WHERE stream = ?");
        count.Bind(1, stream);
        count.Step();
        (long found, long first, long last) = (count.Integer(0), count.Integer(1), count.Integer(2));
        count.Reset();
        if (found != rows || first != 1 || last != rows)
        {
            throw new StorageException($"{database.Path}: stream {stream} has {found} rows from {first} to {last}; {rows} from 1 on are in the store.");
        }
    }
}
