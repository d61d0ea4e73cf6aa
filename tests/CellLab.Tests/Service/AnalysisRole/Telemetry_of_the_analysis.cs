using CellLab.Core.Records;
using CellLab.Service.AnalysisRole;
using CellLab.Service.Hosting;
using CellLab.Service.Telemetry;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Service.Telemetry;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>What a collector is sent by a process that only analyses.</summary>
[Trait("Suite", "Broad")]
[Collection("one exporter at a time: meters are told apart by name within a process")]
public sealed class Telemetry_of_the_analysis
{
    [Fact]
    public async Task Figures_and_spans_of_its_work_arrive_as_an_instance_of_its_own()
    {
        RecordRow[] rows = JobRows.OfCycles(3);
        await using Collector collector = await Collector.StartAsync();
        await using var bench = new RoleBench();
        var node = new NodeInfo("lab1", "n1/analysis", 0, ServiceRoles.Analysis);
        var settings = new TelemetrySettings(collector.Url, TelemetryProtocol.HttpProtobuf) { FrequentShare = 1, MetricsInterval = TimeSpan.FromMilliseconds(50) };
        await using (var export = new TelemetryExport(
            settings, node, new AnalysisFigures(bench.Meter, bench.Broker).ReadAsync, commits: null, TimeProvider.System, new KeptLogger<TelemetryExport>()))
        {
            export.Start();
            await bench.StartAsync();
            bench.Service.Store(rows);
            foreach (RecordRow[] message in rows.Chunk(40).Where((_, index) => index != 1)) // one is lost
            {
                bench.Broker.Deliver(message);
            }

            await bench.AnalysedAsync(rows.Length);
            await Eventually.TrueAsync(
                () => collector.Taken.Any(message => message.Path == "/v1/metrics" && message.Metrics["celllab_analysis_holes_total"] >= 1 && message.Metrics["celllab_analysis_surveys_total"] >= 1),
                "the figures");
            await bench.EndAsync();
        }

        OtlpMessage figures = collector.Taken.Last(message => message.Path == "/v1/metrics");
        Assert.Equal(("celllab", "lab1", "n1/analysis"), (figures.Resource["service.name"], figures.Resource["service.namespace"], figures.Resource["service.instance.id"]));
        Assert.Equal(rows.Length - 40, figures.Metrics["celllab_analysis_rows_total"]);
        Assert.Contains("process_resident_memory_bytes", figures.Metrics.Keys);
        var spans = collector.Taken.Where(message => message.Path == "/v1/traces").SelectMany(message => message.Spans).ToList();
        Assert.Contains(spans, span => span.Name == ServiceTracing.AnalysisRecords && span.Attributes["celllab.job"] == FakeService.Job.Value && span.Attributes["celllab.rows"] == "40");
        Assert.Contains(spans, span => span.Name == ServiceTracing.AnalysisSurvey && !span.Failed);
    }
}
