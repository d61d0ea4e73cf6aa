using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;
using CellLab.Storage.Writing;

namespace CellLab.Storage;

/// <summary>Opens <c>journal.db</c> and reads back what the writer and the index have to know.</summary>
internal static class JournalFiles
{
    private const string Settings =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0; "
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

    public static TailIndex ReadIndex(Database database)
    {
        var index = new TailIndex();
        ReadStreams(database, index);
        using Statement rows = database.Prepare("SELECT position, stream_id, seq FROM tail ORDER BY position");
        while (rows.Step())
        {
            index.Restore(rows.Integer(1), rows.Integer(0), rows.Integer(2));
            index.LastPosition = rows.Integer(0);
        }

        index.LastPosition = Math.Max(index.LastPosition, ReadCursor(database, "tail"));
        return index;
    }

    public static Numbers ReadNumbers(Database database, TailIndex index) => new(
        index.LastPosition, Highest(database, "id", "streams"), Highest(database, "number", "events"), Highest(database, "number", "audit"));

    public static long ReadCursor(Database database, string name)
    {
        using Statement query = database.Prepare("SELECT position FROM cursors WHERE name = ?");
        query.Bind(1, name);
        return query.Step() ? query.Integer(0) : 0;
    }

    private static void ReadStreams(Database database, TailIndex index)
    {
        using Statement streams = database.Prepare(
            "SELECT s.id, s.job, s.stream, s.moved_seq, j.state IN ('Completed', 'Failed', 'Cancelled') "
            + "FROM streams s LEFT JOIN jobs j ON j.id = s.job");
        while (streams.Step())
        {
            StreamTail stream = index.Add(streams.Integer(0), new StreamName(new(streams.Text(1)), streams.Text(2)));
            stream.MovedSequence = stream.SavedMovedSequence = stream.LastSequence = streams.Integer(3);
            stream.JobEnded = streams.Integer(4) != 0;
        }
    }

    private static long Highest(Database database, string column, string table)
    {
        using Statement query = database.Prepare($"SELECT max({column}) FROM {table}");
        return query.Step() ? query.Integer(0) : 0;
    }
}
