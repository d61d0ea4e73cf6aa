using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Core.Samples;

namespace CellLab.Benchmarks.Analysis;

/// <summary>Summary and dQ/dV of 400 cycles in 2,000,000 records: by <c>celllab analyze</c> and by pandas from the same file in one run, the arithmetic alone of
/// both, and what one more cycle of a running job costs. pandas is Debian's (<c>apt-get install python3-pandas</c>); without it its figures are left out.</summary>
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
            MeasuredProcess ours = await MeasuredProcess.RunAsync(Executable(), ["analyze", file, "--json"], cancellationToken);
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

    /// <summary>Records in memory through the analysis that runs beside a job.</summary>
    private static List<Figure> Arithmetic()
    {
        CyclingRecord[] records = [.. LifeRecords.Of(Cycles + 2, PerCycle)];
        var run = new LiveRun(s_settings);
        run.Add(records.AsSpan(0, 2 * PerCycle)); // the code is compiled
        long started = TimeProvider.System.GetTimestamp();
        TimeSpan used = ProcessUse.Now().Processor;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        run.Add(records.AsSpan(2 * PerCycle, (Cycles - 1) * PerCycle));
        TimeSpan all = TimeProvider.System.GetElapsedTime(started);
        used = ProcessUse.Now().Processor - used;
        started = TimeProvider.System.GetTimestamp();
        run.Add(records.AsSpan((Cycles + 1) * PerCycle, PerCycle));
        TimeSpan one = TimeProvider.System.GetElapsedTime(started);
        return
        [
            new Figure("celllab_arithmetic_s", all.TotalSeconds * Cycles / (Cycles - 1)),
            new Figure("celllab_arithmetic_processor_s", used.TotalSeconds * Cycles / (Cycles - 1)),
            new Figure("celllab_arithmetic_allocated_mb", (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6),
            new Figure("celllab_one_more_cycle_ms", one.TotalMilliseconds),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> PandasAsync(string file, List<Figure> ours, CancellationToken cancellationToken)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "pandas_analysis.py");
        MeasuredProcess pandas = await MeasuredProcess.RunAsync(Python, [script, file], cancellationToken);
        JsonElement told = JsonElement.Parse(pandas.Output);
        double Of(string name) => ours.Single(figure => figure.Name == name).Value;
        double arithmetic = told.GetProperty("arithmetic_processor_s").GetDouble();
        return
        [
            new Figure("pandas_file_s", pandas.Wall.TotalSeconds), new Figure("pandas_file_processor_s", pandas.Processor.TotalSeconds), new Figure("pandas_file_peak_mb", pandas.PeakMegabytes), new Figure("pandas_arithmetic_s", told.GetProperty("arithmetic_s").GetDouble()), new Figure("pandas_arithmetic_processor_s", arithmetic),
            new Figure("pandas_last_discharge_mah", told.GetProperty("last_discharge_ah").GetDouble() * 1e3),
            new Figure("times_faster_from_file_processor", pandas.Processor / TimeSpan.FromSeconds(Of("celllab_file_processor_s"))),
            new Figure("times_faster_from_file", pandas.Wall.TotalSeconds / Of("celllab_file_s")), new Figure("times_faster_arithmetic_processor", arithmetic / Of("celllab_arithmetic_processor_s")),
        ];
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

    /// <summary>What the analysis of a job does with every record, and with every cycle that closes.</summary>
    private sealed class LiveRun : ICyclingSink
    {
        private readonly CyclingAnalysis _analysis;
        private readonly CycleCurves _curves;
        private readonly List<CycleView> _views = [];
        private readonly CellFigures _figures = new(new Core.Units.CRateBase(250, 2), LeadingDirection.Charge);

        public LiveRun(CyclingSettings settings) => (_analysis, _curves) = (new CyclingAnalysis(settings, this), new CycleCurves(settings));

        public void Add(ReadOnlySpan<CyclingRecord> records)
        {
            foreach (ref readonly CyclingRecord record in records)
            {
                _analysis.Add(record);
                _curves.Add(record);
            }
        }

        public void StepEnded(StepResult step) => _curves.StepEnded();

        public void CycleClosed(CycleResult cycle)
        {
            _ = _curves.Close(cycle).ToJson();
            _views.Add(cycle.ToView(_figures));
            _ = FadeTable.Of(_views).ToJson();
        }

        public void Found(Finding finding) => throw new InvalidOperationException(finding.ToString());
    }
}
