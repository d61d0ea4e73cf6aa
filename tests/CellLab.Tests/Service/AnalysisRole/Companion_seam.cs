using CellLab.Core.Records;
using CellLab.Core.Time;
using CellLab.Service.AnalysisRole;
using CellLab.Service.AnalysisRole.Companions;
using CellLab.Storage.Analysis;
using CellLab.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Service.AnalysisRole;

public sealed class Companion_seam : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeService _service = new();
    private readonly FakeBroker _broker = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_analysis_of_two_streams_gets_each_row_once_in_order_whatever_the_messages_do()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        CompanionRow[] ions = CompanionRows.Ions(FakeService.Job, 1, 200);
        RecordRow[] records = JobRows.OfCycles(1);
        _service.Store(ions);
        _service.Store(records, tellStored: true);
        using Bench bench = Open(() => new Diary());

        for (int message = 0; message < 30; message++)
        {
            int from = random.Next(ions.Length - 10);
            await bench.Worker.TakeAsync(ions[from..(from + 10)], default);
            from = random.Next(records.Length - 5);
            await bench.Worker.TakeAsync(records[from..(from + 5)], default);
        }

        _service.Complete();
        await bench.Worker.SurveyAsync(_service.Facts, default);
        await bench.Worker.SurveyAsync(_service.Facts, default);
        await bench.Worker.TakeAsync(ions[..5], default);

        var diary = (Diary)Assert.Single(bench.Begun); // the second survey and the repeat found nothing to do
        Assert.True(ions.SequenceEqual(diary.Ions) && records.SequenceEqual(diary.Records), $"seed {seed}");
        Assert.Equal(1, diary.Finished);
        Assert.Equal("""{"method":"diary-1","ions":200}""", bench.Store.ReadResult(FakeService.Job, "diary", 0)?.ResultJson);
        Assert.Equal((200L, true), (bench.Store.ReadCursor(FakeService.Job, "ms")!.Sequence, bench.Store.ReadCursor(FakeService.Job, "ms")!.Ended));
    }

    [Fact]
    public async Task Rows_that_come_after_the_end_of_the_job_are_analysed_with_all_before_them()
    {
        CompanionRow[] ions = CompanionRows.Ions(FakeService.Job, 1, 30);
        _service.Store(ions[..20]);
        _service.Complete();
        using Bench bench = Open(() => new Diary());
        await bench.Worker.SurveyAsync(_service.Facts, default);

        _service.Store(ions[20..]);
        await bench.Worker.SurveyAsync(_service.Facts, default);

        Assert.Equal([20, 30], bench.Begun.Cast<Diary>().Select(diary => diary.Ions.Count));
        Assert.Equal("""{"method":"diary-1","ions":30}""", bench.Store.ReadResult(FakeService.Job, "diary", 0)?.ResultJson);
    }

    [Fact]
    public async Task An_analysis_that_fails_is_left_out_and_stops_nothing()
    {
        CompanionRow[] ions = CompanionRows.Ions(FakeService.Job, 1, 30);
        _service.Store(ions);
        using Bench bench = Open(() => new Diary { FailsAt = 7 });

        await bench.Worker.TakeAsync(ions, default);
        bench.Worker.Flush();

        Assert.Equal(6, ((Diary)Assert.Single(bench.Begun)).Ions.Count);
        Assert.Equal(30, bench.Store.ReadCursor(FakeService.Job, "ms")!.Sequence);
        Assert.Null(bench.Store.ReadResult(FakeService.Job, "diary", 0));
    }

    private Bench Open(Func<Diary> make)
    {
        var options = new AnalysisRoleOptions { Site = "lab", ServiceUrl = new Uri("http://127.0.0.1"), DataFolder = _folder.Path, PageRows = 17 };
        return new Bench(_service, _broker, options, make);
    }

    private sealed class Bench : IDisposable
    {
        private readonly ResultPublisher _publisher;

        public Bench(FakeService service, FakeBroker broker, AnalysisRoleOptions options, Func<Diary> make)
        {
            Store = AnalysisStore.Open(options.DataFolder);
            _publisher = new ResultPublisher(broker, options, Clocks.RealTime, NullLogger.Instance);
            var analysis = new CompanionAnalysis("diary-1", [Streams.MassSpectrometer, Streams.Cycler], _ =>
            {
                Diary diary = make();
                Begun.Add(diary);
                return diary;
            });
            Worker = new CompanionWorker(service, Store, _publisher, options, [analysis], NullLogger.Instance);
        }

        public List<CompanionAnalyst> Begun { get; } = [];

        public AnalysisStore Store { get; }

        public CompanionWorker Worker { get; }

        public void Dispose()
        {
            _publisher.Dispose();
            Store.Dispose();
        }
    }

    /// <summary>Writes down what it is given.</summary>
    private sealed class Diary : CompanionAnalyst
    {
        public List<CompanionRow> Ions { get; } = [];

        public List<RecordRow> Records { get; } = [];

        public int Finished { get; private set; }

        public long FailsAt { get; init; }

        public override void Add(CompanionRow row)
        {
            if (row.Sequence == FailsAt)
            {
                throw new InvalidOperationException("no such row");
            }

            Ions.Add(row);
        }

        public override void Add(RecordRow row) => Records.Add(row);

        public override void Finish()
        {
            Finished++;
            Keep("diary", 0, $$"""{"method":"diary-1","ions":{{Ions.Count}}}""");
        }
    }
}
