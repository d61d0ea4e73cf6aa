using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using CellLab.Storage.Maintenance;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage;

/// <summary>A copy of a data folder that is being written to.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task What_was_committed_before_is_in_the_copy_and_the_copy_opens_as_data_does()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data");
        string copy = Path.Combine(folder.Path, "it's a copy");
        await using (Journal journal = await OpenAsync(data))
        {
            await journal.CommitAsync(Write(1), default);
            Directory.CreateDirectory(Path.Combine(data, "access"));
            await File.WriteAllTextAsync(Path.Combine(data, "access", "users.json"), "{}");
            await using var writing = new Writing(journal);

            IReadOnlyList<BackupFile> files = DataBackup.Run(data, copy);

            Assert.Equal("journal.db", files[0].Name);
            Assert.Contains(files, file => file.Name == "access/users.json");
            Assert.DoesNotContain(files, file => file.Name.Contains("lock", StringComparison.Ordinal));
        }

        await using Journal restored = await OpenAsync(copy);
        Assert.Contains(await restored.ReadAuditAsync(0, 1000, default), entry => entry.Target == "1");
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data");
        await (await OpenAsync(data)).DisposeAsync();

        StorageException refused = Assert.Throws<StorageException>(() => DataBackup.Run(data, data));

        Assert.Contains("not empty", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_leaves_nothing_under_the_backups_name_and_the_journal_goes_on()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data");
        string copy = Path.Combine(folder.Path, "copy");
        await using Journal journal = await OpenAsync(data);
        Directory.CreateDirectory(copy + ".part"); // of a backup that was killed
        await File.WriteAllTextAsync(Path.Combine(copy + ".part", "journal.db"), "half");

        StorageException failed = Assert.Throws<StorageException>(() => DataBackup.Run(data, copy, (_, _) => throw new IOException("No space left on device")));

        Assert.Contains("No space left on device", failed.Message, StringComparison.Ordinal);
        Assert.Equal([data], Directory.GetDirectories(folder.Path));
        await journal.CommitAsync(Write(1), CancellationToken.None);
        DataBackup.Run(data, copy);
        Assert.True(File.Exists(Path.Combine(copy, "journal.db")));
    }

    /// <summary>What lies beside a database belongs to it as it was at another moment: SQLite would play it into the copy.</summary>
    [Fact]
    public async Task Journals_of_databases_and_files_that_are_just_being_written_stay_out_of_the_copy()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data");
        await using Journal journal = await Journal.OpenAsync(
            data, Clocks.RealTime, NullLoggerFactory.Instance, new JournalOptions { BackgroundMover = false }, CancellationToken.None);
        await journal.CommitAsync(new JournalWrite { Jobs = [Rows.Job(Rows.JobA)], Records = Rows.Of(Rows.JobA, 1, 300) }, CancellationToken.None);
        await journal.WriteCursorAsync(JournalCursors.Publisher, journal.LastPosition, CancellationToken.None);
        await journal.MoveAllAsync(CancellationToken.None);
        string job = Path.Combine(data, "jobs", $"{Rows.JobA}.db");
        Assert.True(File.Exists(job + "-journal")); // as the mover leaves it, empty; while it writes, with the old pages
        Directory.CreateDirectory(Path.Combine(data, "notify"));
        await File.WriteAllTextAsync(Path.Combine(data, "notify", "outbox.json.new"), "half");

        IReadOnlyList<BackupFile> files = DataBackup.Run(data, Path.Combine(folder.Path, "copy"));

        Assert.Equal(["journal.db", $"jobs/{Rows.JobA}.db"], files.Select(file => file.Name).Where(name => !name.StartsWith("analysis", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_room_or_into_the_data_itself_nothing_is_copied()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data");
        await (await OpenAsync(data)).DisposeAsync();

        StorageException full = Assert.Throws<StorageException>(() => DataBackup.Run(data, Path.Combine(folder.Path, "copy"), null, _ => 1000));
        StorageException within = Assert.Throws<StorageException>(() => DataBackup.Run(data, Path.Combine(data, "copy")));

        Assert.Contains("Make room, or name a folder on another disk", full.Message, StringComparison.Ordinal);
        Assert.Contains("lies within the data", within.Message, StringComparison.Ordinal);
        Assert.Equal([data], Directory.GetDirectories(folder.Path));
    }

    private static Task<Journal> OpenAsync(string folder) => Journal.OpenAsync(folder, Clocks.RealTime, NullLoggerFactory.Instance, CancellationToken.None);

    private static JournalWrite Write(int number) => new()
    {
        Audit = [new AuditEntry(0, DateTimeOffset.UnixEpoch, "ada", "test", number.ToString(System.Globalization.CultureInfo.InvariantCulture), null, "done")],
    };

    /// <summary>Commits without a pause until it is disposed of.</summary>
    private sealed class Writing : IAsyncDisposable
    {
        private readonly CancellationTokenSource ending = new();
        private readonly Task work;

        public Writing(Journal journal) => work = Task.Run(async () =>
        {
            for (int number = 2; !ending.IsCancellationRequested; number++)
            {
                await journal.CommitAsync(Write(number), CancellationToken.None);
            }
        });

        public async ValueTask DisposeAsync()
        {
            await ending.CancelAsync();
            await work;
            ending.Dispose();
        }
    }
}
