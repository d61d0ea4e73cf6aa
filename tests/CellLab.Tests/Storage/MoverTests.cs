using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using CellLab.Storage.Moving;
using CellLab.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage;

[Trait("Suite", "Broad")]
public sealed class MoverTests : IDisposable
{
    private static readonly JournalOptions ByHand = new() { BackgroundMover = false, TrimRows = 100, CheckpointRows = 200 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Due_rows_go_into_the_jobs_file_and_leave_the_tail_when_the_publisher_has_passed_them()
    {
        await using Journal journal = await OpenAsync(_folder, ByHand);
        await CommitAsync(journal, Rows.Of(Rows.JobA, 1, 300));
        await CommitAsync(journal, Rows.Of(Rows.JobB, 1, 10));

        Assert.Equal(300, journal.Parts.Mover.RunOnce(everything: false));
        Assert.Equal(310, await TailCountAsync(journal));
        await journal.WriteCursorAsync(JournalCursors.Publisher, 120, CancellationToken.None);
        journal.Parts.Mover.RunOnce(everything: false);
        Assert.Equal(190, await TailCountAsync(journal));
        await journal.WriteCursorAsync(JournalCursors.Publisher, 310, CancellationToken.None);
        journal.Parts.Mover.RunOnce(everything: false);

        Assert.Equal(10, await TailCountAsync(journal)); // job B has too few to be moved yet
        await ExpectAsync(journal, 300, 10);
    }

    [Fact]
    public async Task A_job_that_has_ended_is_moved_to_its_last_row()
    {
        await using Journal journal = await OpenAsync(_folder, ByHand);
        await CommitAsync(journal, Rows.Of(Rows.JobB, 1, 10));
        Assert.Equal(0, journal.Parts.Mover.RunOnce(everything: false));

        await journal.CommitAsync(new JournalWrite { Jobs = [Rows.Job(Rows.JobB, JobState.Completed)] }, CancellationToken.None);

        Assert.Equal(10, journal.Parts.Mover.RunOnce(everything: false));
    }

    [Fact]
    public async Task A_slow_job_does_not_keep_the_rows_of_a_fast_one_in_the_tail()
    {
        await using Journal journal = await OpenAsync(_folder, ByHand with { MoveLagPositions = 1000 });
        await CommitAsync(journal, Rows.Of(Rows.JobB, 1, 1));
        await CommitAsync(journal, Rows.Of(Rows.JobA, 1, 1500));
        await journal.WriteCursorAsync(JournalCursors.Publisher, 1501, CancellationToken.None);

        journal.Parts.Mover.RunOnce(everything: false);

        Assert.Equal(0, await TailCountAsync(journal));
        await ExpectAsync(journal, 1500, 1);
    }

    [Fact]
    public async Task Positions_go_on_rising_after_the_tail_has_been_emptied_and_reopened()
    {
        await using (Journal journal = await OpenAsync(_folder, ByHand))
        {
            await CommitAsync(journal, Rows.Of(Rows.JobA, 1, 300));
            await journal.WriteCursorAsync(JournalCursors.Publisher, 300, CancellationToken.None);
            journal.Parts.Mover.RunOnce(everything: true);
        }

        await using Journal again = await OpenAsync(_folder, ByHand);
        Assert.Equal(300, again.LastPosition);
        await CommitAsync(again, Rows.Of(Rows.JobA, 301, 1));
        Assert.Equal(301, Assert.Single(await again.ReadTailAsync(0, 10, CancellationToken.None)).Position);
        await ExpectAsync(again, 301, 0);
    }

    [Theory]
    [InlineData(nameof(MoverStep.Copy))]
    [InlineData(nameof(MoverStep.Note))]
    [InlineData(nameof(MoverStep.Trim))]
    [InlineData(nameof(MoverStep.Checkpoint))]
    public async Task A_crash_before_any_step_loses_nothing_and_repeats_nothing(string crashBefore)
    {
        TemporaryFolder? left = null;
        await using (Journal journal = await OpenAsync(_folder, ByHand with { BeforeMoverStep = Crash }))
        {
            await CommitAsync(journal, [.. Rows.Of(Rows.JobA, 1, 300), .. Rows.Of(Rows.JobB, 1, 300)]);
            await journal.WriteCursorAsync(JournalCursors.Publisher, 450, CancellationToken.None);
            Assert.Throws<IOException>(() => journal.Parts.Mover.RunOnce(everything: false));
        }

        using (left)
        {
            await using Journal again = await OpenAsync(left!, ByHand);
            await ExpectAsync(again, 300, 300);
            Assert.Equal(150, (await again.ReadTailAsync(450, 1000, CancellationToken.None)).Count);
            Assert.Equal(300, await again.CountPublishedAsync(Rows.JobA, Streams.Cycler, CancellationToken.None));
            again.Parts.Mover.RunOnce(everything: false);
            await CommitAsync(again, Rows.Of(Rows.JobA, 301, 5));
            again.Parts.Mover.RunOnce(everything: true);
            await ExpectAsync(again, 305, 300);
            Assert.Equal(155, await TailCountAsync(again));
            Assert.Equal("305", FileCount(left!, Rows.JobA));
        }

        void Crash(MoverStep step)
        {
            if (step.ToString() == crashBefore)
            {
                left = _folder.CopyAsAfterKill();
                throw new IOException("killed");
            }
        }
    }

    [Fact]
    public async Task Readers_see_every_row_once_while_rows_are_committed_moved_and_trimmed()
    {
        const int Commits = 150;
        await using Journal journal = await OpenAsync(_folder, new JournalOptions { MoveRows = 40, TrimRows = 30, CheckpointRows = 100 });
        Task writing = Task.Run(async () =>
        {
            for (int n = 0; n < Commits; n++)
            {
                await CommitAsync(journal, [.. Rows.Of(Rows.JobA, (n * 9) + 1, 9), .. Rows.Of(Rows.JobB, (n * 2) + 1, 2)]);
                await journal.WriteCursorAsync(JournalCursors.Publisher, journal.LastPosition, CancellationToken.None);
            }
        });

        while (!writing.IsCompleted)
        {
            (long count, _) = await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, CancellationToken.None);
            IReadOnlyList<RecordRow> rows = await journal.ReadRecordsAsync(Rows.JobA, Streams.Cycler, 1, int.MaxValue, CancellationToken.None);
            Assert.True(rows.Count >= count);
            Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(row => row.Sequence));
        }

        await writing;
        await ExpectAsync(journal, Commits * 9, Commits * 2);
    }

    [Fact]
    public async Task The_jobs_file_opens_with_any_sql_tool()
    {
        await using Journal journal = await OpenAsync(_folder, ByHand);
        await CommitAsync(journal, Rows.Of(Rows.JobA, 1, 300));
        journal.Parts.Mover.RunOnce(everything: false);

        using Database file = Database.Open(JobFile.PathOf(_folder.Path, Rows.JobA));

        Assert.Equal("constant current charge", file.Scalar("SELECT step FROM readable WHERE seq = 2"));
        Assert.Equal("2026-03-01T08:00:02.000Z", file.Scalar("SELECT taken_at_utc FROM readable WHERE seq = 2"));
        Assert.Equal("3.00299", file.Scalar("SELECT voltage_v FROM records WHERE stream = 'cycler' AND seq = 299"));
    }

    [Fact]
    public async Task A_jobs_file_that_is_missing_is_named()
    {
        await using Journal journal = await OpenAsync(_folder, ByHand);
        await CommitAsync(journal, Rows.Of(Rows.JobA, 1, 300));
        await journal.WriteCursorAsync(JournalCursors.Publisher, 300, CancellationToken.None);
        journal.Parts.Mover.RunOnce(everything: false);
        File.Delete(JobFile.PathOf(_folder.Path, Rows.JobA));

        StorageException fault = await Assert.ThrowsAsync<StorageException>(
            () => journal.ReadRecordsAsync(Rows.JobA, Streams.Cycler, 1, 10, CancellationToken.None));

        Assert.Contains("aaaaaaaaaaaa.db", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jobs_file_that_another_program_holds_delays_the_move_and_loses_nothing()
    {
        await using Journal journal = await OpenAsync(_folder, new JournalOptions());
        await CommitAsync(journal, Rows.Of(Rows.JobA, 1, 20));
        await journal.MoveAllAsync(CancellationToken.None);
        using (Database other = Database.Open(JobFile.PathOf(_folder.Path, Rows.JobA)))
        {
            other.Execute("BEGIN EXCLUSIVE");
            await CommitAsync(journal, Rows.Of(Rows.JobA, 21, 20));
            StorageException fault = await Assert.ThrowsAsync<StorageException>(() => journal.MoveAllAsync(CancellationToken.None));
            Assert.Contains("aaaaaaaaaaaa.db: another program holds the file", fault.Message, StringComparison.Ordinal);
        }

        await journal.MoveAllAsync(CancellationToken.None);

        Assert.Equal("40", FileCount(_folder, Rows.JobA));
        await ExpectAsync(journal, 40, 0);
    }

    [Fact]
    public async Task The_write_ahead_log_stays_small()
    {
        await using Journal journal = await OpenAsync(_folder, new JournalOptions { CheckpointRows = 2000 });
        for (int n = 0; n < 200; n++)
        {
            await CommitAsync(journal, Rows.Of(Rows.JobA, (n * 200) + 1, 200));
        }

        Assert.InRange(new FileInfo(JournalFiles.PathOf(_folder.Path) + "-wal").Length, 0, 4_000_000); // 40,000 rows are some 6 MB
    }

    private static Task<Journal> OpenAsync(TemporaryFolder folder, JournalOptions options) =>
        Journal.OpenAsync(folder.Path, Clocks.RealTime, NullLoggerFactory.Instance, options, CancellationToken.None);

    private static Task CommitAsync(Journal journal, RecordRow[] rows) =>
        journal.CommitAsync(new JournalWrite { Records = rows }, CancellationToken.None);

    private static async Task ExpectAsync(Journal journal, int rowsOfA, int rowsOfB)
    {
        Assert.Equal(Rows.Of(Rows.JobA, 1, rowsOfA), await journal.ReadRecordsAsync(Rows.JobA, Streams.Cycler, 1, int.MaxValue, CancellationToken.None));
        Assert.Equal(Rows.Of(Rows.JobB, 1, rowsOfB), await journal.ReadRecordsAsync(Rows.JobB, Streams.Cycler, 1, int.MaxValue, CancellationToken.None));
        Assert.Equal((rowsOfA, rowsOfA), await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, CancellationToken.None));
    }

    private static async Task<int> TailCountAsync(Journal journal) =>
        (await journal.ReadTailAsync(0, int.MaxValue, CancellationToken.None)).Count;

    private static string? FileCount(TemporaryFolder folder, JobId job)
    {
        using Database file = Database.Open(JobFile.PathOf(folder.Path, job));
        return file.Scalar("SELECT count(*) FROM records");
    }
}
