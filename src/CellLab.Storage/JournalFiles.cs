using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;
using CellLab.Storage.Writing;

namespace CellLab.Storage;

/// <summary>Opens <c>journal.db</c> and reads back what the writer and the index have to know.</summary>
internal static class JournalFiles
{
    /// <summary>The first one only works on a file that is just being made.</summary>
    private const string Settings =
        "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0; "
        + "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16000";

    public static string PathOf(string folder) => Path.Combine(folder, "journal.db");

    /// <summary>The writer's connection, with the schema up to date.</summary>
    public static Database OpenToWrite(string folder)
    {
        Database database = Open(folder);
        try
        {
            Migrator.Migrate(database, JournalSchema.Migrations);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public static Database Open(string folder)
    {
        Database database = Database.Open(PathOf(folder));
        database.Execute(Settings);
        return database;
    }

    public static TailIndex ReadIndex<TRow>(Database database, RowLayout<TRow> layout)
    {
        var index = new TailIndex();
        MarkEnded(database, index);
        ReadStreams(database, layout.Streams, index);
        using Statement rows = database.Prepare($"SELECT position, stream_id, seq FROM {layout.Tail} ORDER BY position");
        while (rows.Step())
        {
            index.Restore(rows.Integer(1), rows.Integer(0), rows.Integer(2));
            index.LastPosition = rows.Integer(0);
        }

        index.LastPosition = Math.Max(index.LastPosition, ReadCursor(database, layout.Tail));
        return index;
    }

    public static Numbers ReadNumbers(Database database, TailIndex records, TailIndex companions) => new(
        new RowNumbers(records.LastPosition, Highest(database, "id", RecordLayout.Instance.Streams)),
        new RowNumbers(companions.LastPosition, Highest(database, "id", CompanionLayout.Instance.Streams)),
        Highest(database, "number", "events"), Highest(database, "number", "audit"));

    public static long ReadCursor(Database database, string name)
    {
        using Statement query = database.Prepare("SELECT position FROM cursors WHERE name = ?");
        query.Bind(1, name);
        return query.Step() ? query.Integer(0) : 0;
    }

    private static void MarkEnded(Database database, TailIndex index)
    {
        using Statement jobs = database.Prepare("SELECT id FROM jobs WHERE state IN ('Completed', 'Failed', 'Cancelled')");
        while (jobs.Step())
        {
            index.MarkEnded(new(jobs.Text(0)), ended: true);
        }
    }

    private static void ReadStreams(Database database, string table, TailIndex index)
    {
        using Statement streams = database.Prepare($"SELECT id, job, stream, moved_seq FROM {table}");
        while (streams.Step())
        {
            StreamTail stream = index.Add(streams.Integer(0), new StreamName(new(streams.Text(1)), streams.Text(2)));
            stream.MovedSequence = stream.SavedMovedSequence = stream.LastSequence = streams.Integer(3);
        }
    }

    private static long Highest(Database database, string column, string table)
    {
        using Statement query = database.Prepare($"SELECT max({column}) FROM {table}");
        return query.Step() ? query.Integer(0) : 0;
    }
}
