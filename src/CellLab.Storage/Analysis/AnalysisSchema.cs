using System.Globalization;
using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Analysis;

/// <summary>Tables of <c>analysis.db</c>. Everything in it can be computed again from the records.</summary>
internal static class AnalysisSchema
{
    public const string FileName = "analysis.db";

    private const long Version = 2;

    public static void Prepare(Database database)
    {
        database.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;");
        long found = long.Parse(database.Scalar("PRAGMA user_version")!, CultureInfo.InvariantCulture);
        if (found > Version)
        {
            throw new StorageException(
                $"{database.Path}: written by a newer version (layout {found}, this one knows {Version}). Use that version, or move the file away: it is computed again.");
        }

        database.Execute(
            """
            BEGIN IMMEDIATE;
            CREATE TABLE IF NOT EXISTS cursors (
                job TEXT NOT NULL, stream TEXT NOT NULL, sequence INTEGER NOT NULL, state TEXT NOT NULL, ended INTEGER NOT NULL,
                PRIMARY KEY (job, stream)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS cycles (
                job TEXT NOT NULL, stream TEXT NOT NULL, cycle INTEGER NOT NULL, closed INTEGER NOT NULL, published INTEGER NOT NULL,
                result TEXT NOT NULL, PRIMARY KEY (job, stream, cycle)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS cycles_unpublished ON cycles (job, stream, cycle) WHERE closed = 1 AND published = 0;
            CREATE TABLE IF NOT EXISTS findings (
                number INTEGER PRIMARY KEY, job TEXT NOT NULL, stream TEXT NOT NULL, record INTEGER NOT NULL, finding TEXT NOT NULL);
            CREATE INDEX IF NOT EXISTS findings_of_job ON findings (job, stream, number);
            CREATE TABLE IF NOT EXISTS results (
                job TEXT NOT NULL, kind TEXT NOT NULL, item INTEGER NOT NULL, published INTEGER NOT NULL, result TEXT NOT NULL,
                PRIMARY KEY (job, kind, item)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS results_unpublished ON results (job, kind, item) WHERE published = 0;
            PRAGMA user_version = 2;
            COMMIT;
            """);
    }
}
