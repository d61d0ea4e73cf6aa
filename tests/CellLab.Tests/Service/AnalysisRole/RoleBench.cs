using CellLab.Analysis.Cycling;
using CellLab.Core.Records;
using CellLab.Core.Time;
using CellLab.Service.AnalysisRole;
using CellLab.Storage.Analysis;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>The analysis role between a broker and a service in memory; it can be ended and started again over the same folder.</summary>
internal sealed class RoleBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private AnalysisRoleService? _role;

    /// <summary>Rows asked for in one request.</summary>
    public int PageRows { get; init; } = 50;

    public AnalysisMeter Meter { get; } = new();

    public FakeBroker Broker { get; } = new();

    public FakeService Service { get; } = new();

    public AnalysisReader Reader => new(_folder.Path);

    public string Folder => _folder.Path;

    public IReadOnlyList<CycleResult> Stored =>
        [.. Reader.ReadCycles(FakeService.Job, Streams.Cycler).Select(cycle => CyclingJson.ReadCycle(cycle.ResultJson))];

    public long? Analysed => Reader.CountAnalysed(FakeService.Job, Streams.Cycler);

    /// <summary>What a batch over the rows says of a job that ran to its end.</summary>
    public CyclingBatch Batch(IEnumerable<RecordRow> rows) =>
        CyclingBatch.Run(rows.Select(CyclingRecord.From), Service.Facts.Settings, DataEnd.AsProgrammed);

    public async Task StartAsync()
    {
        var options = new AnalysisRoleOptions
        {
            Site = "lab",
            ServiceUrl = new Uri("http://127.0.0.1"),
            DataFolder = _folder.Path,
            FlushInterval = TimeSpan.FromMilliseconds(5),
            SurveyInterval = TimeSpan.FromMilliseconds(20),
            RetryInterval = TimeSpan.FromMilliseconds(10),
            SubscriberGrace = TimeSpan.FromMilliseconds(20),
            PageRows = PageRows,
            Meter = Meter,
        };
        _role = new AnalysisRoleService(Service, Broker, options, Clocks.RealTime, NullLogger<AnalysisRoleService>.Instance);
        await _role.StartAsync(CancellationToken.None);
    }

    public async Task EndAsync()
    {
        if (_role is not null)
        {
            await _role.StopAsync(CancellationToken.None);
            _role.Dispose();
            _role = null;
        }
    }

    public Task AnalysedAsync(long count) => Eventually.TrueAsync(() => Analysed == count, $"{count} records analysed");

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Broker.DisposeAsync();
        _folder.Dispose();
    }
}
