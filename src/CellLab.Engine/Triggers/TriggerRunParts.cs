using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Triggers.Patterns;
using CellLab.Core.Triggers.Rules;
using CellLab.Engine.Alarms;
using CellLab.Engine.Setup;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Triggers;

/// <summary>What the triggers of one job are made of.</summary>
/// <param name="Hold">Holds the cell of a running job, or lets it go on; says whether it could. Runs on the cycler's task.</param>
internal sealed record TriggerRunParts(
    Job Job, TriggerLine Line, IJournal Journal, AlarmDesk Alarms, IDerivedQuantities? Derived, IPatternStore? Store, Func<JobId, bool, Task<string?>> Hold,
    EngineTimings Timings, Clocks Clocks, ILogger Logger)
{
    /// <summary>What the pipeline wants when the diffractometer fails.</summary>
    public GasLoss OnFailure { get; init; } = GasLoss.GoOn;

    /// <summary>What is known of the clocks of the job's instruments.</summary>
    public Func<JobId, IReadOnlyList<ClockNote>> ClocksOf { get; init; } = _ => [];

    /// <summary>Does it: job, policy, reason. Runs on the cycler's task.</summary>
    public Func<JobId, GasLoss, string, Task> OnLost { get; init; } = (_, _, _) => Task.CompletedTask;
}
