using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Core.Samples;

namespace CellLab.Benchmarks.Analysis;

/// <summary>Summary and dQ/dV of 400 cycles in 2,000,000 records: by <c>celllab analyze</c> and by two scripts of pandas from the same file in one run, the arithmetic alone of
/// each, and what one more cycle of a running job costs. pandas is Debian's (<c>apt-get install python3-pandas</c>); without it its figures are left out.</summary>
internal sealed class AnalysisBenchmark : IBenchmark
{
    private const int Cycles = 400;
    private const int PerCycle = 5000;
    private const string Python = "/usr/bin/python3";

    private static readonly CyclingSettings s_settings = new(LifeRecords.OneCAmperes, LeadingDirection.Charge, 30);

    public string Name => "analysis-400";

    public string Summary => $"summary and dQ/dV of {Cycles} cycles in {Cycles * PerCycle} records, beside pandas";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("celllab-analysis-").FullName, "life.bdf.csv");
        try
        {
            LifeRecords.Write(file, LifeRecords.Of(Cycles, PerCycle));
            List<Figure> figures = Arithmetic();
            MeasuredProcess ours = await MedianAsync(Executable(), ["analyze", file, "--json"], cancellationToken);
            figures.AddRange([new Figure("file_megabytes", new FileInfo(file).Length / 1e6), new Figure("celllab_file_s", ours.Wall.TotalSeconds), new Figure("celllab_file_processor_s", ours.Processor.TotalSeconds), new Figure("celllab_file_peak_mb", ours.PeakMegabytes)]);
            figures.Add(new Figure("celllab_last_discharge_mah", LastDischargeAh(ours.Output) * 1e3));
            if (await HasPandasAsync(cancellationToken))
            {
                figures.AddRange(await PandasAsync(file, figures, cancellationToken));
            }

            return figures;
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    /// <summary>Records in memory: first summary and curves alone, then all that a running job does with them. Each is measured at its second run, when its code is
    /// compiled, as that of pandas is.</summary>
    private static List<Figure> Arithmetic()
    {
        CyclingRecord[] records = [.. LifeRecords.Of(Cycles + 1, PerCycle)];
        _ = Measure(new LiveRun(s_settings, publishes: false), records);
        _ = Measure(new LiveRun(s_settings, publishes: true), records);
        ProcessTimes alone = Measure(new LiveRun(s_settings, publishes: false), records);
        var job = new LiveRun(s_settings, publishes: true);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        ProcessTimes live = Measure(job, records.AsSpan(0, Cycles * PerCycle));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        ProcessTimes one = Measure(job, records.AsSpan(Cycles * PerCycle));
        return
        [
            new Figure("celllab_arithmetic_s", alone.Wall.TotalSeconds), new Figure("celllab_arithmetic_processor_s", alone.Processor.TotalSeconds),
            new Figure("celllab_job_s", live.Wall.TotalSeconds), new Figure("celllab_job_processor_s", live.Processor.TotalSeconds),
            new Figure("celllab_job_allocated_mb", allocated / 1e6), new Figure("celllab_one_more_cycle_ms", one.Wall.TotalMilliseconds),
        ];
    }

    private static ProcessTimes Measure(LiveRun run, ReadOnlySpan<CyclingRecord> records)
    {
        long started = TimeProvider.System.GetTimestamp();
        TimeSpan used = ProcessUse.Now().Processor;
        run.Add(records);
        return new ProcessTimes(TimeProvider.System.GetElapsedTime(started), ProcessUse.Now().Processor - used);
    }

    /// <summary>A short script with only part of the checks, and one whose result is that of <c>celllab analyze</c>.</summary>
    private static async Task<IReadOnlyList<Figure>> PandasAsync(string file, List<Figure> ours, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        double Of(string name) => ours.Single(figure => figure.Name == name).Value;
        foreach ((string name, string script) in new[] { ("pandas_short", "pandas_analysis.py"), ("pandas_same", "pandas_same.py") })
        {
            MeasuredProcess pandas = await MedianAsync(Python, [Path.Combine(AppContext.BaseDirectory, script), file], cancellationToken);
            JsonElement told = JsonElement.Parse(pandas.Output);
            double arithmetic = told.GetProperty("arithmetic_s").GetDouble();
            figures.AddRange(
            [
                new Figure($"{name}_file_s", pandas.Wall.TotalSeconds), new Figure($"{name}_file_processor_s", pandas.Processor.TotalSeconds),
                new Figure($"{name}_file_peak_mb", pandas.PeakMegabytes), new Figure($"{name}_arithmetic_s", arithmetic),
                new Figure($"{name}_last_discharge_mah", told.GetProperty("last_discharge_ah").GetDouble() * 1e3),
                new Figure($"times_faster_than_{name}_from_file", pandas.Wall.TotalSeconds / Of("celllab_file_s")),
                new Figure($"times_faster_than_{name}_from_file_processor", pandas.Processor.TotalSeconds / Of("celllab_file_processor_s")),
                new Figure($"times_faster_than_{name}_arithmetic", arithmetic / Of("celllab_arithmetic_s")),
            ]);
        }

        return figures;
    }

    /// <summary>The middle one of three after a first that brings file and program into memory.</summary>
    private static async Task<MeasuredProcess> MedianAsync(string executable, string[] arguments, CancellationToken cancellationToken)
    {
        await MeasuredProcess.RunAsync(executable, arguments, cancellationToken);
        var runs = new List<MeasuredProcess>();
        for (int run = 0; run < 3; run++)
        {
            runs.Add(await MeasuredProcess.RunAsync(executable, arguments, cancellationToken));
        }

        return runs.OrderBy(run => run.Wall).ElementAt(1);
    }

    private static double LastDischargeAh(string output) =>
        JsonElement.Parse(output).GetProperty("cycling").GetProperty("cycles").EnumerateArray().Last(cycle => cycle.GetProperty("cycle").GetInt32() == Cycles).GetProperty("discharge_ah").GetDouble();

    private static async Task<bool> HasPandasAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MeasuredProcess.RunAsync(Python, ["-c", "import pandas"], cancellationToken);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("  without pandas: apt-get install python3-pandas");
            return false;
        }
    }

    private static string Executable() =>
        Environment.GetEnvironmentVariable("CELLLAB_APP") ?? throw new InvalidOperationException("run this by ./celllab benchmark: it says where the executable is");

    private readonly record struct ProcessTimes(TimeSpan Wall, TimeSpan Processor);
}
