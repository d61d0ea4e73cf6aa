using CellLab.Core.Records;
using CellLab.Core.Series;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using CellLab.Storage.Moving;
using CellLab.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage;

public sealed class SeriesTests : IDisposable
{
    private static readonly JournalOptions ByHand = new() { BackgroundMover = false };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_of_moved_and_new_rows_hold_every_record_once_with_its_extremes()
    {
        RecordRow[] rows = WithSpikes(Rows.Of(Rows.JobA, 1, 500));
        await using Journal journal = await OpenAsync();
        foreach ((int from, int count) in new[] { (0, 90), (90, 30), (120, 300) })
        {
            await journal.CommitAsync(new JournalWrite { Records = rows[from..(from + count)] }, default);
            await journal.MoveAllAsync(default); // runs that were begun are computed anew
        }

        await journal.CommitAsync(new JournalWrite { Records = rows[420..] }, default);
        IReadOnlyList<RecordRun> runs = await journal.Series.ReadRunsAsync(Rows.JobA, Streams.Cycler, double.NegativeInfinity, double.PositiveInfinity, default);

        Assert.Equal(7 + 80, runs.Count); // 420 moved rows are 7 runs of at most 64, the others come one by one
        long next = 1;
        foreach (RecordRun run in runs)
        {
            RecordRow[] inside = rows[((int)run.FirstSequence - 1)..(int)run.LastSequence];
            Assert.Equal(next, run.FirstSequence);
            Assert.Equal(Expected(inside, next > 1 ? rows[next - 2] : null), run);
            next = run.LastSequence + 1;
        }

        Assert.Equal(501, next);
        Assert.Equal(rows.Select(RecordPoint.Of), await journal.Series.ReadPointsAsync(Rows.JobA, Streams.Cycler, 1, 500, default));
        Assert.Equal(rows[399..450].Select(RecordPoint.Of), await journal.Series.ReadPointsAsync(Rows.JobA, Streams.Cycler, 400, 450, default));
    }

    [Fact]
    public async Task A_time_range_gives_the_runs_that_touch_it()
    {
        await using Journal journal = await OpenAsync();
        await journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, 1, 300) }, default);
        await journal.MoveAllAsync(default);
        await journal.CommitAsync(new JournalWrite { Records = Rows.Of(Rows.JobA, 301, 20) }, default);

        Task<IReadOnlyList<RecordRun>> Read(double first, double last) => journal.Series.ReadRunsAsync(Rows.JobA, Streams.Cycler, first * 10.25, last * 10.25, default);

        Assert.Equal([1L, 65], (await Read(60, 70)).Select(run => run.FirstSequence));
        Assert.Equal([257L, 301, 302], (await Read(299, 302)).Select(run => run.FirstSequence));
        Assert.Equal([310L], (await Read(310, 310)).Select(run => run.FirstSequence));
        Assert.Empty(await Read(400, 500));
        Assert.Empty(await journal.Series.ReadRunsAsync(Rows.JobB, Streams.Cycler, 0, 1e9, default));
    }

    [Fact]
    public async Task A_file_of_the_version_before_gets_its_runs_when_it_is_first_looked_at()
    {
        RecordRow[] rows = WithSpikes(Rows.Of(Rows.JobA, 1, 200));
        await using (Journal journal = await OpenAsync())
        {
            await journal.CommitAsync(new JournalWrite { Records = rows }, default);
            await journal.MoveAllAsync(default);
        }

        using (Database file = Database.Open(JobFile.PathOf(_folder.Path, Rows.JobA)))
        {
            file.Execute("DROP TABLE runs; REPLACE INTO meta VALUES ('schema_version', '2')");
        }

        await using Journal again = await OpenAsync();
        IReadOnlyList<RecordRun> runs = await again.Series.ReadRunsAsync(Rows.JobA, Streams.Cycler, double.NegativeInfinity, double.PositiveInfinity, default);

        Assert.Equal([1L, 65, 129, 193], runs.Select(run => run.FirstSequence));
        Assert.Equal(Expected(rows[64..128], rows[63]), runs[1]);
        Assert.Equal(rows[..64].Max(row => row.Record.VoltageVolts), runs[0].Voltage.Highest);
    }

    private static RecordRow[] WithSpikes(RecordRow[] rows) =>
        [.. rows.Select(row => row.Sequence % 37 == 0 ? row with { Record = row.Record with { VoltageVolts = -row.Sequence, CurrentAmperes = row.Sequence } } : row)];

    private static RecordRun Expected(RecordRow[] inside, RecordRow? before)
    {
        RecordRun run = RecordPoint.Of(inside[0]).ToRun(before?.TestTimeSeconds);
        for (int index = 1; index < inside.Length; index++)
        {
            run = run.Then(RecordPoint.Of(inside[index]).ToRun(inside[index - 1].TestTimeSeconds));
        }

        return run;
    }

    private Task<Journal> OpenAsync() => Journal.OpenAsync(_folder.Path, Clocks.RealTime, NullLoggerFactory.Instance, ByHand, CancellationToken.None);
}
