using CellLab.Benchmarks;
using CellLab.Benchmarks.Analysis;
using CellLab.Benchmarks.Months;
using CellLab.Benchmarks.Pipeline;

// celllab benchmark [NAME] [--json FILE]
IBenchmark[] benchmarks =
[
    new CellModelBenchmark(),
    new ProtocolLoadBenchmark(),
    new DryRunBenchmark(),
    new AnalysisBenchmark(),
    new JournalBenchmark("journal-64", channels: 64),
    new JournalBenchmark("journal-1024", channels: 1024),
    new PublishBenchmark("publish-64", channels: 64),
    new PublishBenchmark("publish-1024", channels: 1024),
    new PipelineBenchmark("pipeline-64", channels: 64),
    new PipelineBenchmark("pipeline-1024", channels: 1024),
    new CellLab.Benchmarks.Page.LongJobBenchmark(),
    new MonthBenchmark(),
];

return await BenchmarkRunner.RunAsync(benchmarks, args, CancellationToken.None);
