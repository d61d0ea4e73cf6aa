using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;

namespace CellLab.Tests.Storage.Schema;

public sealed class MigratorTests : IDisposable
{
    private static readonly Migration One = new(1, "CREATE TABLE first (a INTEGER); INSERT INTO first VALUES (1)");
    private static readonly Migration Two = new(2, "ALTER TABLE first ADD COLUMN b INTEGER NOT NULL DEFAULT 5");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_an_older_version_is_brought_up_to_date_and_keeps_its_data()
    {
        using Database file = Open();
        Migrator.Migrate(file, [One]);
        Migrator.Migrate(file, [One, Two]);
        Migrator.Migrate(file, [One, Two]);

        Assert.Equal("2", file.Scalar("SELECT value FROM meta WHERE name = 'schema_version'"));
        Assert.Equal("6", file.Scalar("SELECT sum(a + b) FROM first"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_file_at_the_version_before()
    {
        using Database file = Open();
        var broken = new Migration(2, "CREATE TABLE second (a INTEGER); CREATE TABLE first (a INTEGER)");

        Assert.Throws<SqliteFaultException>(() => Migrator.Migrate(file, [One, broken]));

        Assert.Equal("1", file.Scalar("SELECT value FROM meta WHERE name = 'schema_version'"));
        Assert.Null(file.Scalar("SELECT name FROM sqlite_master WHERE name = 'second'"));
        Migrator.Migrate(file, [One, Two]);
        Assert.Equal("6", file.Scalar("SELECT sum(a + b) FROM first"));
    }

    private Database Open() => Database.Open(Path.Combine(_folder.Path, "file.db"));
}
