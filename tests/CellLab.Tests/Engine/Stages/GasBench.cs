using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Engine.Setup;
using CellLab.TestKit.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Stages;

/// <summary>A cell on a cycler with a mass spectrometer and a gas panel on its line.</summary>
internal sealed class GasBench : IAsyncDisposable
{
    private GasBench(EngineBench engine, ScriptedSpectrometer spectrometer, ScriptedPanel panel) => (Engine, Spectrometer, Panel) = (engine, spectrometer, panel);

    public EngineBench Engine { get; }

    public ScriptedSpectrometer Spectrometer { get; }

    public ScriptedPanel Panel { get; }

    public static async Task<GasBench> StartAsync(bool byHand = false, GasLoss onFailure = GasLoss.GoOn, double? chamberPascals = null)
    {
        var spectrometer = new ScriptedSpectrometer("rga1", TimeProvider.System);
        var panel = new ScriptedPanel("panel1") { TurnedByHand = byHand };
        var gas = new GasSetup { Masses = [32, 36, 44], Interval = TimeSpan.FromMilliseconds(5), DwellSeconds = 0.001, Panel = panel.Id, OnFailure = onFailure, ChamberPascals = chamberPascals };
        PipelineSpec Shape(PipelineSpec pipeline) => pipeline with
        {
            Roles = new Dictionary<string, ChannelAddress>(pipeline.Roles) { [PipelineSpec.MassSpectrometerRole] = spectrometer.Channel }, Gas = gas,
        };
        return new GasBench(await EngineBench.StartAsync(beside: [spectrometer, panel], shape: Shape), spectrometer, panel);
    }

    public static OtherInstrumentStep Step(int number, string kind, string role = "ms", params (string Name, string Value)[] members) =>
        new(number, "gas", kind, role, kind.StartsWith("dems", StringComparison.Ordinal) ? 0.05 : null, CellMeanwhile.RestsAtOpenCircuit)
        {
            Members = members.ToDictionary(member => member.Name, member => member.Value),
        };

    /// <summary>Background, calibration, charge and discharge.</summary>
    public static CellProgram BackgroundCalibrationCycle(CellProgram cycle) => cycle with
    {
        Steps =
        [
            Step(1, "dems_background"), Step(2, "dems_calibration", "ms", ("gas", "O2 and CO2"), ("fraction_ppm", "1000")),
            .. cycle.Steps.Select(step => step with { Number = step.Number + 2 }),
        ],
    };

    public async Task<Job> SubmitAsync(Func<CellProgram, CellProgram>? program = null)
    {
        Job job = EngineBench.NewJob();
        return await Engine.Engine.SubmitAsync(job with { Program = (program ?? BackgroundCalibrationCycle)(job.Program) }, default);
    }

    public Task CyclerRunsAsync() => Eventually.TrueAsync(() => Engine.Cell.State == ChannelState.Running, "the cycler to run");

    public async Task<IReadOnlyList<IonBody>> IonsAsync(JobId job) =>
        [.. (await Engine.Journal.ReadCompanionsAsync(job, Streams.MassSpectrometer, 1, 100_000, default)).Select(row => (IonBody)row.Body)];

    public Task MoreIonsAsync(JobId job, int count) => Eventually.TrueAsync(async () => (await IonsAsync(job)).Count > count, $"more than {count} ion currents");

    public Task SaysAsync(JobId job, string part) => Eventually.TrueAsync(
        async () => (await Engine.JobAsync(job)).StateReason.Contains(part, StringComparison.Ordinal), $"the job to say '{part}'");

    public async Task<string[]> EventsAsync(JobId job, string kind) =>
        [.. (await Engine.Journal.ReadEventsAsync(job, 0, 1000, default)).Where(told => told.Kind == kind).Select(told => told.Text)];

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
