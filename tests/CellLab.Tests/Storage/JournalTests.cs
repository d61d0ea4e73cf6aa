using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_in_a_write_is_read_back_after_a_restart_as_it_was_given()
    {
        JournalWrite write = Sampler.FullWrite();
        await using (Journal journal = await OpenAsync())
        {
            await journal.CommitAsync(write, CancellationToken.None);
        }

        await using Journal again = await OpenAsync();
        Assert.Equivalent(write.Jobs, await again.ReadJobsAsync(CancellationToken.None), strict: true);
        Assert.Equivalent(write.Jobs[0], await again.ReadJobAsync(Rows.JobA, CancellationToken.None), strict: true);
        Assert.Equal(write.Segments, await again.ReadSegmentsAsync(Rows.JobA, CancellationToken.None));
        Assert.Equal(write.Intents, await again.ReadIntentsAsync(Rows.JobA, CancellationToken.None));
        Assert.Equal(write.StepTimes, await again.ReadStepTimesAsync(Rows.JobA, Streams.Cycler, CancellationToken.None));
        Assert.Equal(write.Records, await again.ReadRecordsAsync(Rows.JobA, Streams.Cycler, 1, 100, CancellationToken.None));
        Assert.Equal(write.Samples, await again.ReadSamplesAsync("lmno-7", CancellationToken.None));
        Assert.Equal(write.Alarms, await again.ReadAlarmsAsync(includeOver: false, CancellationToken.None));
        Assert.Equal(write.Answers[0], await again.ReadAnswerAsync("key-1", CancellationToken.None));
        Assert.Equal([write.Audit[0] with { Number = 1 }], await again.ReadAuditAsync(0, 10, CancellationToken.None));
        Assert.Equal([write.Events[0] with { Number = 1 }], await again.ReadEventsAsync(Rows.JobA, 0, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_stored_key_is_replaced_and_an_answer_keeps_its_first_body()
    {
        await using Journal journal = await OpenAsync();
        JournalWrite write = Sampler.FullWrite();
        await journal.CommitAsync(write, CancellationToken.None);
        await journal.CommitAsync(
            new JournalWrite
            {
                Jobs = [write.Jobs[0] with { State = JobState.Paused }],
                Segments = [write.Segments[0] with { ResumeToken = "r9", EngineToken = "e9", LastSequence = 3, EndedAtUtc = Rows.Start.AddHours(1) }],
                Alarms = [write.Alarms[0] with { Active = false, AcknowledgedAtUtc = Rows.Start }],
                Answers = [new CommandAnswer("key-1", 500, "{}")],
            },
            CancellationToken.None);

        Assert.Equal(JobState.Paused, Assert.Single(await journal.ReadJobsAsync(CancellationToken.None)).State);
        Segment segment = Assert.Single(await journal.ReadSegmentsAsync(Rows.JobA, CancellationToken.None));
        Assert.Equal(("r9", "e9", 3, Rows.Start.AddHours(1)), (segment.ResumeToken, segment.EngineToken, segment.LastSequence, segment.EndedAtUtc));
        Assert.Empty(await journal.ReadAlarmsAsync(includeOver: false, CancellationToken.None));
        Assert.Single(await journal.ReadAlarmsAsync(includeOver: true, CancellationToken.None));
        Assert.Equal(202, (await journal.ReadAnswerAsync("key-1", CancellationToken.None))!.StatusCode);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_repeat_or_a_gap_in_sequence_numbers_is_refused_and_stores_nothing(long next)
    {
        await using Journal journal = await OpenAsync();
        await journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, 1, 3) }, CancellationToken.None);

        StorageException fault = await Assert.ThrowsAsync<StorageException>(() => journal.CommitAsync(
            new JournalWrite { Records = Rows.Of(Rows.JobA, next, 2), Jobs = [Rows.Job(Rows.JobA)] }, CancellationToken.None));

        Assert.Contains("expected 4", fault.Message, StringComparison.Ordinal);
        Assert.Equal((3, 3), await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, CancellationToken.None));
        Assert.Empty(await journal.ReadJobsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_write_that_the_database_refuses_fails_alone()
    {
        await using Journal journal = await OpenAsync();
        RecordRow[] broken = Rows.Of(Rows.JobA, 1, 2);
        broken[1] = broken[1] with { Record = broken[1].Record with { VoltageVolts = double.NaN } };
        Task[] writes =
        [
            journal.CommitAsync(new JournalWrite { Records = broken }, CancellationToken.None),
            .. Enumerable.Range(0, 50).Select(n => journal.CommitAsync(
                new JournalWrite { Records = Rows.Of(Rows.JobB, (n * 3) + 1, 3) }, CancellationToken.None)),
        ];

        StorageException fault = await Assert.ThrowsAsync<StorageException>(() => Task.WhenAll(writes));

        Assert.Contains("not finite", fault.Message, StringComparison.Ordinal);
        _ = Assert.Single(writes, write => write.IsFaulted);
        Assert.Equal((0, 0), await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, CancellationToken.None));
        Assert.Equal(Rows.Of(Rows.JobB, 1, 150), await journal.ReadRecordsAsync(Rows.JobB, Streams.Cycler, 1, 1000, CancellationToken.None));
    }

    [Fact]
    public async Task Rows_and_events_are_told_in_order_with_their_numbers()
    {
        await using Journal journal = await OpenAsync();
        var told = new List<PositionedRow>();
        var events = new List<long>();
        journal.RowsCommitted += commit => told.AddRange(commit.Rows.Select((row, index) => new PositionedRow(commit.FirstPosition + index, row)));
        journal.RowsCommitted += _ => throw new InvalidOperationException("a subscriber that fails harms nobody");
        journal.EventsCommitted += items => events.AddRange(items.Select(item => item.Number));
        for (int n = 0; n < 20; n++)
        {
            await journal.CommitAsync(
                new JournalWrite { Records = [.. Rows.Of(Rows.JobA, (n * 2) + 1, 2), Rows.Row(Rows.JobB, n + 1)], Events = [Sampler.Event()] },
                CancellationToken.None);
        }

        Assert.Equal(await journal.ReadTailAsync(0, 1000, CancellationToken.None), told);
        Assert.Equal(Enumerable.Range(1, 60).Select(n => (long)n), told.Select(row => row.Position));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), events);
        Assert.Equal(60, journal.LastPosition);
        Assert.Equal(told.Skip(10).Take(5), await journal.ReadTailAsync(10, 5, CancellationToken.None));
    }

    [Fact]
    public async Task A_second_journal_on_the_same_folder_is_refused_until_the_first_is_closed()
    {
        await using (Journal first = await OpenAsync())
        {
            StorageException fault = await Assert.ThrowsAsync<StorageException>(OpenAsync);
            Assert.Contains($"in use by another CellLab service (process {Environment.ProcessId})", fault.Message, StringComparison.Ordinal);
            Assert.Contains(_folder.Path, fault.Message, StringComparison.Ordinal);
        }

        await using Journal second = await OpenAsync();
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "file"), "in the way");
        string folder = Path.Combine(_folder.Path, "file", "data");

        StorageException fault = await Assert.ThrowsAsync<StorageException>(
            () => Journal.OpenAsync(folder, Clocks.RealTime, NullLoggerFactory.Instance, CancellationToken.None));

        Assert.Contains("cannot be written", fault.Message, StringComparison.Ordinal);
        Assert.Contains(folder, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused_and_left_alone()
    {
        await (await OpenAsync()).DisposeAsync();
        string path = JournalFiles.PathOf(_folder.Path);
        using (var database = CellLab.Storage.Sqlite.Database.Open(path))
        {
            database.Execute("REPLACE INTO meta VALUES ('schema_version', '99')");
        }

        StorageException fault = await Assert.ThrowsAsync<StorageException>(OpenAsync);

        Assert.Contains("schema version 99", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_of_a_sample_is_never_overwritten()
    {
        await using Journal journal = await OpenAsync();
        Sample sample = Sampler.FullWrite().Samples[0];
        await journal.CommitAsync(new JournalWrite { Samples = [sample] }, CancellationToken.None);

        StorageException fault = await Assert.ThrowsAsync<StorageException>(() => journal.CommitAsync(
            new JournalWrite { Samples = [sample with { ActiveMassMilligrams = 9 }] }, CancellationToken.None));

        Assert.Contains("is there already", fault.Message, StringComparison.Ordinal);
        Assert.Equal([sample], await journal.ReadSamplesAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task Closing_twice_is_harmless()
    {
        Journal journal = await OpenAsync();
        await journal.DisposeAsync();
        await journal.DisposeAsync();
    }

    [Fact]
    public async Task A_cancelled_write_that_still_waits_is_withdrawn()
    {
        await using Journal journal = await OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, 1, 1) }, cancelled.Token));

        Assert.Equal((0, 0), await journal.CountRecordsAsync(Rows.JobA, Streams.Cycler, CancellationToken.None));
    }

    [Fact]
    public async Task After_closing_a_write_is_refused()
    {
        Journal journal = await OpenAsync();
        await journal.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, 1, 1) }, CancellationToken.None));
    }

    [Fact]
    public async Task Published_rows_are_those_the_publishers_cursor_has_passed()
    {
        await using Journal journal = await OpenAsync();
        await journal.CommitAsync(new JournalWrite { Records = [.. Rows.Of(Rows.JobA, 1, 4), .. Rows.Of(Rows.JobB, 1, 4)] }, CancellationToken.None);

        await journal.WriteCursorAsync(JournalCursors.Publisher, 6, CancellationToken.None);

        Assert.Equal(4, await journal.CountPublishedAsync(Rows.JobA, Streams.Cycler, CancellationToken.None));
        Assert.Equal(2, await journal.CountPublishedAsync(Rows.JobB, Streams.Cycler, CancellationToken.None));
        Assert.Equal(0, await journal.CountPublishedAsync(Rows.JobB, "eis", CancellationToken.None));
        Assert.Equal(6, await journal.ReadCursorAsync(JournalCursors.Publisher, CancellationToken.None));
    }

    private Task<Journal> OpenAsync() =>
        Journal.OpenAsync(_folder.Path, Clocks.RealTime, NullLoggerFactory.Instance, CancellationToken.None);

    private static class Sampler
    {
        public static JobEvent Event() => new(0, Rows.Start.AddTicks(3), Rows.Start.AddDays(1), Rows.JobA, "cycler1", "started", "Started.", "{}");

        public static JournalWrite FullWrite()
        {
            var channel = new ChannelAddress(new DeviceId("cycler1"), "27-1-1");
            return new JournalWrite
            {
                Jobs = [Rows.Job(Rows.JobA)],
                Records = Rows.Of(Rows.JobA, 1, 3),
                Segments =
                [
                    new Segment
                    {
                        Job = Rows.JobA, Index = 0, Channel = channel, Barcode = "lmno-7_aaaaaaaa", TestId = "41", StartedAtUtc = Rows.Start,
                        ResumeToken = "r1", EngineToken = "{\"cycle\":1}", LastSequence = 2,
                    },
                ],
                Intents = [new StartIntent(Rows.JobA, 0, channel, null, "lmno-7_aaaaaaaa", Rows.Start, "started")],
                StepTimes = [new StoredStepTime(Rows.JobA, Streams.Cycler, 0, new StepTime(1, 1, 0, 60.5, 1, 3))],
                Events = [Event()],
                Alarms = [new Alarm("protect-1", AlarmSeverity.Critical, "Over voltage.", Rows.JobA, "cycler1", Rows.Start, Active: true)],
                Samples =
                [
                    new Sample { Name = "lmno-7", ActiveMassMilligrams = 2, NominalCapacityMilliampereHoursPerGram = 250, Leading = LeadingDirection.Discharge },
                    new Sample { Name = "lmno-7", Version = 2, ActiveMassMilligrams = 2.1, NominalCapacityMilliampereHoursPerGram = 250, Reason = "weighed again" },
                ],
                Audit = [new AuditEntry(0, Rows.Start, "ada", "stop", "aaaaaaaaaaaa", "done", "confirmed")],
                Answers = [new CommandAnswer("key-1", 202, "{\"job\":\"aaaaaaaaaaaa\"}")],
            };
        }
    }
}
