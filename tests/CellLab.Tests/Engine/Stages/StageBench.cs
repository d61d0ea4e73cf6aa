using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Engine.Setup;
using CellLab.TestKit.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Stages;

/// <summary>A cell on a cycler and on a potentiostat, and the wires between: a moment with both on is kept.</summary>
internal sealed class StageBench : IAsyncDisposable
{
    private readonly List<string> _conflicts = [];

    private StageBench(EngineBench engine) => Engine = engine;

    public EngineBench Engine { get; }

    public ScriptedAnalyzer Analyzer => Engine.Analyzer!;

    public ScriptedChannel Cell => Engine.Cell;

    public IReadOnlyList<string> Conflicts => _conflicts;

    public static async Task<StageBench> StartAsync(Wiring wiring = Wiring.Wired, Func<PipelineSpec, PipelineSpec>? shape = null)
    {
        var bench = new StageBench(await EngineBench.StartAsync(analyzer: new ScriptedAnalyzer("pstat1"), wiring: wiring, shape: shape));
        bench.Analyzer.OnStart = () =>
        {
            if (bench.Cell.State is ChannelState.Running or ChannelState.Paused)
            {
                bench._conflicts.Add("the potentiostat went on while the cycler was on");
            }
        };
        bench.Engine.Cycler.OnStart = _ =>
        {
            if (bench.Analyzer.IsOn)
            {
                bench._conflicts.Add("the cycler went on while the potentiostat was on");
            }
        };
        return bench;
    }

    /// <summary>Spectrum, charge and discharge, spectrum.</summary>
    public static CellProgram SpectrumCycleSpectrum(CellProgram cycle) => cycle with
    {
        Steps = [Spectrum(1), .. cycle.Steps.Select(step => step with { Number = step.Number + 1 }), Spectrum(4)],
    };

    public static OtherInstrumentStep Spectrum(int number) => new(number, "eis", "impedance_spectroscopy", "eis", 1500, CellMeanwhile.RestsAtOpenCircuit)
    {
        Members = new Dictionary<string, string>
        {
            ["amplitude_V"] = "0.01", ["start_frequency_Hz"] = "1000", ["end_frequency_Hz"] = "1", ["points_per_decade"] = "2", ["measures_per_point"] = "1", ["id"] = $"at {number}",
        },
    };

    public Task<Job> SubmitAsync() => SubmitAsync(SpectrumCycleSpectrum);

    public async Task<Job> SubmitAsync(Func<CellProgram, CellProgram> program)
    {
        Job job = EngineBench.NewJob();
        return await Engine.Engine.SubmitAsync(job with { Program = program(job.Program) }, default);
    }

    /// <summary>The n-th spectrum has begun.</summary>
    public Task SpectrumBeginsAsync(int starts) => Eventually.TrueAsync(() => Analyzer.Starts == starts && Analyzer.IsOn, $"spectrum {starts} to begin");

    public async Task SpectrumAsync(int starts)
    {
        await SpectrumBeginsAsync(starts);
        Analyzer.Give(7, SpectrumOutcome.Complete);
    }

    public async Task CycleAsync()
    {
        await Eventually.TrueAsync(() => Cell.State == ChannelState.Running, "the cycler to run");
        Engine.FinishOneCycle();
    }

    public async Task<IReadOnlyList<ImpedanceBody>> PointsAsync(JobId job) =>
        [.. (await Engine.Journal.ReadCompanionsAsync(job, Streams.Impedance, 1, 1000, default)).Select(row => (ImpedanceBody)row.Body)];

    public async Task<string> ReasonAsync(JobId job) => (await Engine.JobAsync(job)).StateReason;

    public Task SaysAsync(JobId job, string part) =>
        Eventually.TrueAsync(async () => (await ReasonAsync(job)).Contains(part, StringComparison.Ordinal), $"the job to say '{part}'");

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
