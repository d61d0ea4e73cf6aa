using System.Globalization;
using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Schema;

/// <summary>Brings a file to the newest schema this program knows, one step a transaction.</summary>
internal static class Migrator
{
    public static void Migrate(Database database, IReadOnlyList<Migration> migrations)
    {
        database.Execute("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        int found = ReadVersion(database);
        int newest = migrations[^1].Version;
        if (found > newest)
        {
            throw new StorageException(
                $"{database.Path}: the file has schema version {found}, this program knows up to {newest}. Start the newer program that wrote it.");
        }

        foreach (Migration migration in migrations.Where(m => m.Version > found))
        {
            Apply(database, migration);
        }
    }

    private static int ReadVersion(Database database) =>
        int.Parse(database.Scalar("SELECT value FROM meta WHERE name = 'schema_version'") ?? "0", CultureInfo.InvariantCulture);

    private static void Apply(Database database, Migration migration)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            database.Execute(migration.Sql);
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"REPLACE INTO meta VALUES ('schema_version', '{migration.Version}')"));
            database.Execute("COMMIT");
        }
        catch (SqliteFaultException)
        {
            if (database.InTransaction)
            {
                database.Execute("ROLLBACK");
            }

            throw;
        }
    }
}
