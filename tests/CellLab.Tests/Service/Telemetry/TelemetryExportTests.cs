using System.Diagnostics;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine;
using CellLab.Engine.Desk;
using CellLab.Messaging;
using CellLab.Service.Hosting;
using CellLab.Service.Rest.Observing;
using CellLab.Service.Telemetry;
using CellLab.TestKit.Time;
using CellLab.TestKit.Waiting;
using NSubstitute;

namespace CellLab.Tests.Service.Telemetry;

/// <summary>What reaches a collector, and what happens to the service when it does not.</summary>
[Trait("Suite", "Broad")]
[Collection("one exporter at a time: meters are told apart by name within a process")]
public sealed class TelemetryExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider wall = new();
    private readonly CommitMeter commits = new();
    private readonly IJournal journal = Substitute.For<IJournal>();
    private readonly KeptLogger<TelemetryExport> log = new();

    public TelemetryExportTests()
    {
        journal.LastPosition.Returns(41);
        journal.ReadJobsAsync(default).ReturnsForAnyArgs([]);
        journal.ReadAlarmsAsync(default, default).ReturnsForAnyArgs([]);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(TelemetryProtocol.HttpProtobuf, "/v1/metrics")]
    [InlineData(TelemetryProtocol.Grpc, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    public async Task Figures_arrive_under_the_names_and_with_the_values_of_the_metrics_page(TelemetryProtocol protocol, string path)
    {
        await using Collector collector = await Collector.StartAsync(grpc: protocol == TelemetryProtocol.Grpc);
        await using TelemetryExport export = Export(collector.Url, protocol);
        commits.Took(TimeSpan.FromMilliseconds(3));

        export.Start();
        await Eventually.TrueAsync(() => !collector.Taken.IsEmpty, "the first figures");
        journal.LastPosition.Returns(42);
        await Eventually.TrueAsync(
            () =>
            {
                wall.Advance(TimeSpan.FromSeconds(60));
                return collector.Taken.Any(message => message.Metrics["celllab_records_stored_total"] == 42);
            },
            "the next ones");

        OtlpMessage first = collector.Taken.First();
        IReadOnlyList<FigureFamily> figures = await Figures().ReadAsync(CancellationToken.None);
        Assert.Equal((path, "Bearer abc"), (first.Path, first.Authorization));
        Assert.Equal(("celllab", "lab1", "n1"), (first.Resource["service.name"], first.Resource["service.namespace"], first.Resource["service.instance.id"]));
        Assert.Equal(41, first.Metrics["celllab_records_stored_total"]);
        Assert.Equal(1, first.Metrics["celllab_commit_seconds"]);
        Assert.Equal(figures.Select(family => family.Name).Order(), first.Metrics.Keys.Order());
        Assert.DoesNotContain(log.Lines, line => line.Contains("abc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_arrive_as_spans_with_job_and_outcome()
    {
        await using Collector collector = await Collector.StartAsync();
        JobId job = new("abcdefgh2345");
        await using (TelemetryExport export = Export(collector.Url, frequent: 0))
        {
            export.Start();
            await Assert.ThrowsAsync<DeskRefusedException>(() => EngineTracing.JobAsync("job pause", job, () => throw new DeskRefusedException("it is Queued")));
            ServiceTracing.Committed(wall.GetUtcNow(), TimeSpan.FromMilliseconds(1), rows: 7771, failure: null);
            ServiceTracing.Committed(wall.GetUtcNow(), TimeSpan.FromSeconds(2), rows: 7772, failure: null);
            ServiceTracing.Committed(wall.GetUtcNow(), TimeSpan.FromMilliseconds(1), rows: 7773, failure: "disk full");
        }

        var spans = collector.Taken.Where(message => message.Path == "/v1/traces").SelectMany(message => message.Spans).ToList();
        var pause = Assert.Single(spans, span => span.Name == "job pause" && span.Attributes["celllab.job"] == job.Value);
        Assert.True(pause.Failed);
        Assert.Equal(
            [("7772", false), ("7773", true)], // no share of the usual ones, but the slow and the failed one
            spans.Where(span => span.Name == ServiceTracing.Commit).Select(span => (span.Attributes["celllab.rows"], span.Failed)).Where(span => span.Item1.StartsWith("777", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_collector_that_hangs_holds_up_neither_what_is_traced_nor_the_end()
    {
        await using Collector collector = await Collector.StartAsync();
        collector.Mood = CollectorMood.Hangs;
        TelemetryExport export = Export(collector.Url);
        export.Start();
        await Eventually.TrueAsync(() => collector.Asked > 0, "the first figures to hang");

        for (int count = 0; count < 20_000; count++)
        {
            using Activity? span = ServiceTracing.Source.StartActivity("test");
            commits.Took(TimeSpan.FromMilliseconds(1));
        }

        Task end = export.DisposeAsync().AsTask();
        await Eventually.TrueAsync(
            () =>
            {
                wall.Advance(TimeSpan.FromSeconds(1));
                return end.IsCompleted;
            },
            "the end, on the service's clock");
        await end;
        Assert.Equal(20_000, commits.Read().Counts.Sum());
    }

    [Fact]
    public async Task A_collector_that_refuses_is_told_once_and_so_is_its_return()
    {
        await using Collector collector = await Collector.StartAsync();
        collector.Mood = CollectorMood.Refuses;
        await using TelemetryExport export = Export(collector.Url, traces: false);
        export.Start();

        await Eventually.TrueAsync(() => Sent(collector) >= 3, "three refusals");
        collector.Mood = CollectorMood.Takes;
        await Eventually.TrueAsync(() => Sent(collector) > 0 && collector.Taken.Count >= 2, "figures");

        Assert.Equal(["503", "takes metrics again"], log.Lines.Skip(1).Select(line => line.Contains("503", StringComparison.Ordinal) ? "503" : line[line.IndexOf("takes", StringComparison.Ordinal)..]));
    }

    private int Sent(Collector collector)
    {
        wall.Advance(TimeSpan.FromSeconds(60));
        return collector.Asked;
    }

    private NodeFigures Figures() => new(journal, Substitute.For<IExperimentDesk>(), Substitute.For<IMessageClient>(), commits, Clocks.RealTime);

    private TelemetryExport Export(Uri url, TelemetryProtocol protocol = TelemetryProtocol.HttpProtobuf, double frequent = 1, bool traces = true)
    {
        var settings = new TelemetrySettings(url, protocol) { FrequentShare = frequent, Traces = traces && protocol == TelemetryProtocol.HttpProtobuf, HeadersFile = folder.Write("headers", "Authorization: Bearer abc\n") };
        return new TelemetryExport(settings, new NodeInfo("lab1", "n1", 1, ServiceRoles.All), Figures().ReadAsync, commits, wall, log);
    }
}
