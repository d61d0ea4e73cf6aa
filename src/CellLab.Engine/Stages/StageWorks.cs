using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Control;
using CellLab.Engine.Gas;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Stages;

/// <summary>Every kind of step that is done beside the cycler's.</summary>
internal static class StageWorks
{
    public static IReadOnlyList<IStageWork> All(
        StageTools tools, GasDesk gas, PipelineBook pipelines, RestVoltages rest, IJournal journal, EngineTimings timings, Clocks clocks) =>
    [
        new SpectrumWork(tools, journal, timings, clocks),
        new DemsWork(tools, gas, pipelines, timings, clocks),
        new BarrierWork(tools, gas, timings, clocks),
        new OperatorWork(tools, clocks),
        new HarvestWork(tools, rest, journal, clocks),
    ];
}
