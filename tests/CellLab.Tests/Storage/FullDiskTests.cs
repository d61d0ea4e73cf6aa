using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using CellLab.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage;

public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_commits_wholly_and_takes_them_again_when_there_is_room()
    {
        Database? writer = null;
        await using Journal journal = await Journal.OpenAsync(
            _folder.Path, Clocks.RealTime, NullLoggerFactory.Instance, new JournalOptions { BackgroundMover = false, WriterOpened = Limit }, CancellationToken.None);
        long stored = 0;
        StorageException? fault = null;
        while (fault is null)
        {
            fault = await TryCommitAsync(journal, stored + 1);
            stored += fault is null ? 100 : 0;
        }

        Assert.Contains("disk is full", fault.Message, StringComparison.Ordinal);
        Assert.Contains("journal.db", fault.Message, StringComparison.Ordinal);
        Assert.True(stored >= 100);
        Assert.Equal((stored, stored), await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, CancellationToken.None));
        Assert.Equal(stored, (await journal.ReadTailAsync(0, int.MaxValue, CancellationToken.None)).Count);
        Assert.NotNull(await TryCommitAsync(journal, stored + 1));

        writer!.Execute("PRAGMA max_page_count = 100000"); // the writer's thread is waiting, nobody else uses the connection
        Assert.Null(await TryCommitAsync(journal, stored + 1));
        Assert.Equal(
            Rows.Of(Rows.JobA, 1, (int)stored + 100),
            await journal.ReadRecordsAsync(Rows.JobA, Streams.Cycler, 1, int.MaxValue, CancellationToken.None));

        void Limit(Database database)
        {
            writer = database;
            database.Execute("PRAGMA max_page_count = 60");
        }
    }

    private static async Task<StorageException?> TryCommitAsync(Journal journal, long first)
    {
        try
        {
            await journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, first, 100) }, CancellationToken.None);
            return null;
        }
        catch (StorageException fault)
        {
            return fault;
        }
    }
}
