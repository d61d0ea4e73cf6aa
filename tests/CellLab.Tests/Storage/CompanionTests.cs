using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using CellLab.Storage.Moving;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage;

public sealed class CompanionTests : IDisposable
{
    private static readonly JournalOptions ByHand = new() { BackgroundMover = false, TrimRows = 100, CheckpointRows = 200 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_of_all_streams_are_read_back_after_a_restart_as_they_were_given()
    {
        await using (Journal journal = await OpenAsync(ByHand))
        {
            await CommitAsync(journal, [.. CompanionRows.Ions(Rows.JobA, 1, 30), .. CompanionRows.Spectra(Rows.JobA, 1, 60)]);
            await CommitAsync(journal, CompanionRows.Ions(Rows.JobB, 1, 3));
        }

        await using Journal again = await OpenAsync(ByHand);
        await ExpectAsync(again, ions: 30, spectra: 60);
        Assert.Equal(CompanionRows.Ions(Rows.JobA, 11, 5), await again.ReadCompanionsAsync(Rows.JobA, Streams.MassSpectrometer, 11, 5, default));
        Assert.Empty(await again.ReadCompanionsAsync(Rows.JobB, Streams.Impedance, 1, 5, default));
        Assert.Equal((0, 0), await again.CountCompanionsAsync(Rows.JobB, Streams.Impedance, default));
    }

    [Fact]
    public async Task A_gap_or_a_repeat_or_a_body_of_another_stream_refuses_the_whole_write()
    {
        await using Journal journal = await OpenAsync(ByHand);
        await CommitAsync(journal, CompanionRows.Ions(Rows.JobA, 1, 3));
        CompanionRow wrong = CompanionRows.Ion(Rows.JobA, 1) with { Stream = Streams.Impedance };
        CompanionRow unknown = CompanionRows.Ion(Rows.JobA, 1) with { Stream = "camera" };
        CompanionRow infinite = CompanionRows.Ion(Rows.JobA, 4) with { Body = new IonBody("run", 1, 32, double.NaN, "faraday") };

        string gap = await RefusedAsync(journal, CompanionRows.Ion(Rows.JobA, 5));
        string repeat = await RefusedAsync(journal, CompanionRows.Ion(Rows.JobA, 3));
        string otherBody = await RefusedAsync(journal, CompanionRows.Ion(Rows.JobA, 4), wrong);
        string noStream = await RefusedAsync(journal, CompanionRows.Ion(Rows.JobA, 4), unknown);
        await RefusedAsync(journal, infinite);

        Assert.Contains("record 5 was given after record 3; expected 4", gap, StringComparison.Ordinal);
        Assert.Contains("record 3 was given after record 3; expected 4", repeat, StringComparison.Ordinal);
        Assert.Contains("a row must hold ImpedanceBody, found IonBody", otherBody, StringComparison.Ordinal);
        Assert.Contains("'camera' is no stream", noStream, StringComparison.Ordinal);
        await CommitAsync(journal, CompanionRows.Ions(Rows.JobA, 4, 1));
        await ExpectAsync(journal, ions: 4, spectra: 0);
        Assert.Equal((0, 0), await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, default));
    }

    [Fact]
    public async Task Records_and_companions_of_one_write_are_stored_together_or_not_at_all()
    {
        await using Journal journal = await OpenAsync(ByHand);
        JournalWrite broken = new() { Records = Rows.Of(Rows.JobA, 1, 2), Companions = [CompanionRows.Ion(Rows.JobA, 2)] };

        await Assert.ThrowsAsync<StorageException>(() => journal.CommitAsync(broken, default));

        Assert.Equal((0, 0), await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, default));
        await journal.CommitAsync(broken with { Companions = CompanionRows.Ions(Rows.JobA, 1, 1) }, default);
        Assert.Equal((2, 2), await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, default));
        await ExpectAsync(journal, ions: 1, spectra: 0);
    }

    [Fact]
    public async Task They_have_positions_and_a_cursor_of_their_own()
    {
        await using Journal journal = await OpenAsync(ByHand);
        var told = new List<CompanionRow>();
        journal.CompanionsCommitted += told.AddRange;
        await journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, 1, 5) }, default);
        await CommitAsync(journal, CompanionRows.Ions(Rows.JobA, 1, 4));
        await CommitAsync(journal, CompanionRows.Spectra(Rows.JobA, 1, 2));

        await journal.WriteCursorAsync(JournalCursors.CompanionPublisher, 3, default);

        IReadOnlyList<PositionedCompanion> tail = await journal.ReadCompanionTailAsync(3, 10, default);
        Assert.Equal([4L, 5L, 6L], tail.Select(row => row.Position));
        Assert.Equal([CompanionRows.Ion(Rows.JobA, 4), .. CompanionRows.Spectra(Rows.JobA, 1, 2)], tail.Select(row => row.Row));
        Assert.Equal(3, await journal.CountCompanionsPublishedAsync(Rows.JobA, Streams.MassSpectrometer, default));
        Assert.Equal(0, await journal.CountCompanionsPublishedAsync(Rows.JobA, Streams.Impedance, default));
        Assert.Equal(0, await journal.CountPublishedAsync(Rows.JobA, Streams.Cycler, default));
        Assert.Equal([.. CompanionRows.Ions(Rows.JobA, 1, 4), .. CompanionRows.Spectra(Rows.JobA, 1, 2)], told);
    }

    [Fact]
    public async Task They_end_up_in_the_jobs_file_for_any_sql_tool_and_leave_the_tail_once_published()
    {
        await using Journal journal = await OpenAsync(ByHand);
        await CommitAsync(journal, [.. CompanionRows.Ions(Rows.JobA, 1, 300), .. CompanionRows.Spectra(Rows.JobA, 1, 20)]);
        await journal.CommitAsync(new JournalWrite { Jobs = [Rows.Job(Rows.JobA, JobState.Completed)] }, default);
        await CommitAsync(journal, CompanionRows.Spectra(Rows.JobA, 21, 1)); // late: the job has ended
        await journal.WriteCursorAsync(JournalCursors.CompanionPublisher, 310, default);

        Assert.Equal(321, journal.Parts.CompanionMover.RunOnce(everything: false));

        Assert.Equal(11, (await journal.ReadCompanionTailAsync(0, 1000, default)).Count);
        await ExpectAsync(journal, ions: 300, spectra: 21);
        using Database file = Database.Open(JobFile.PathOf(_folder.Path, Rows.JobA));
        Assert.Equal("30", file.Scalar("SELECT mz FROM ion_currents WHERE seq = 2"));
        Assert.Equal("2026-03-01T08:00:01.400Z", file.Scalar("SELECT taken_at_utc FROM ion_currents WHERE seq = 2"));
        Assert.Equal("before \"1\"", file.Scalar("SELECT label FROM impedance WHERE frequency_hz = 50000"));
        Assert.Null(file.Scalar("SELECT re_ohm FROM impedance WHERE seq = 11 AND re_ohm IS NOT NULL"));
    }

    [Theory]
    [InlineData(nameof(MoverStep.Copy))]
    [InlineData(nameof(MoverStep.Note))]
    [InlineData(nameof(MoverStep.Trim))]
    [InlineData(nameof(MoverStep.Checkpoint))]
    public async Task A_crash_before_any_step_of_the_mover_loses_nothing_and_repeats_nothing(string crashBefore)
    {
        TemporaryFolder? left = null;
        await using (Journal journal = await OpenAsync(ByHand with { BeforeMoverStep = Crash }))
        {
            await CommitAsync(journal, [.. CompanionRows.Ions(Rows.JobA, 1, 300), .. CompanionRows.Spectra(Rows.JobA, 1, 300)]);
            await journal.WriteCursorAsync(JournalCursors.CompanionPublisher, 450, default);
            Assert.Throws<IOException>(() => journal.Parts.CompanionMover.RunOnce(everything: false));
        }

        using (left)
        {
            await using Journal again = await OpenAsync(ByHand, left!.Path);
            await ExpectAsync(again, ions: 300, spectra: 300);
            Assert.Equal(150, (await again.ReadCompanionTailAsync(450, 1000, default)).Count);
            await CommitAsync(again, CompanionRows.Ions(Rows.JobA, 301, 5));
            again.Parts.CompanionMover.RunOnce(everything: true);
            await ExpectAsync(again, ions: 305, spectra: 300);
            using Database file = Database.Open(JobFile.PathOf(left.Path, Rows.JobA));
            Assert.Equal("605", file.Scalar("SELECT count(*) FROM companions"));
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
    public async Task Files_of_the_version_before_are_opened_and_take_companions()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "jobs"));
        using (Database old = Database.Open(JournalFiles.PathOf(_folder.Path)))
        using (Database file = Database.Open(JobFile.PathOf(_folder.Path, Rows.JobA)))
        {
            Migrator.Migrate(old, [.. JournalSchema.Migrations.Where(step => step.Version <= 2)]);
            old.Execute($"INSERT INTO streams VALUES (1, '{Rows.JobA}', 'cycler', 0)");
            Migrator.Migrate(file, [.. JobFileSchema.Migrations.Where(step => step.Version <= 1)]);
        }

        await using Journal journal = await OpenAsync(ByHand);
        await journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, 1, 2), Companions = CompanionRows.Ions(Rows.JobA, 1, 2) }, default);
        await journal.MoveAllAsync(default);

        await ExpectAsync(journal, ions: 2, spectra: 0);
        Assert.Equal(Rows.Of(Rows.JobA, 1, 2), await journal.ReadRecordsAsync(Rows.JobA, Streams.Cycler, 1, 10, default));
        using Database moved = Database.Open(JobFile.PathOf(_folder.Path, Rows.JobA));
        Assert.Equal("2", moved.Scalar("SELECT count(*) FROM ion_currents"));
    }

    [Fact]
    public async Task A_row_from_before_the_job_began_has_no_test_time_until_the_beginning_is_known_and_a_negative_one_then()
    {
        await using Journal journal = await OpenAsync(ByHand);
        Job job = Rows.Job(Rows.JobA) with { StartedAtUtc = null };
        CompanionRow[] rows = [.. CompanionRows.Ions(Rows.JobA, 1, 3).Select(row => row with { TestTimeSeconds = null })];
        await journal.CommitAsync(new JournalWrite { Jobs = [job], Companions = rows }, default);
        Assert.Equal(rows, await journal.ReadCompanionsAsync(Rows.JobA, Streams.MassSpectrometer, 1, 10, default));

        DateTimeOffset began = rows[1].TakenAtUtc.AddSeconds(10);
        await journal.CommitAsync(new JournalWrite { Jobs = [job with { StartedAtUtc = began }], Companions = [CompanionRows.Ion(Rows.JobA, 4) with { TestTimeSeconds = 5 }] }, default);

        IReadOnlyList<CompanionRow> read = await journal.ReadCompanionsAsync(Rows.JobA, Streams.MassSpectrometer, 2, 10, default);
        Assert.Equal([-10, -9.3, 5], read.Select(row => Math.Round(row.TestTimeSeconds!.Value, 6)));
    }

    private static Task CommitAsync(Journal journal, CompanionRow[] rows) => journal.CommitAsync(new JournalWrite { Companions = rows }, default);

    private static async Task<string> RefusedAsync(Journal journal, params CompanionRow[] rows) =>
        (await Assert.ThrowsAsync<StorageException>(() => CommitAsync(journal, rows))).Message;

    private static async Task ExpectAsync(Journal journal, int ions, int spectra)
    {
        Assert.Equal(CompanionRows.Ions(Rows.JobA, 1, ions), await journal.ReadCompanionsAsync(Rows.JobA, Streams.MassSpectrometer, 1, int.MaxValue, default));
        Assert.Equal(CompanionRows.Spectra(Rows.JobA, 1, spectra), await journal.ReadCompanionsAsync(Rows.JobA, Streams.Impedance, 1, int.MaxValue, default));
        Assert.Equal((ions, ions), await journal.CountCompanionsAsync(Rows.JobA, Streams.MassSpectrometer, default));
    }

    private Task<Journal> OpenAsync(JournalOptions options, string? folder = null) =>
        Journal.OpenAsync(folder ?? _folder.Path, Clocks.RealTime, NullLoggerFactory.Instance, options, default);
}
