using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Engine.Triggers;

/// <summary>Makes the record of one pattern.</summary>
internal sealed class PatternWriter(Job job, CellFacts cell, TriggerLine line, TriggerPlan plan, Func<JobId, IReadOnlyList<ClockNote>> clocksOf)
{
    /// <summary>A cell that is to carry current carries less than this share of it.</summary>
    private const double CurrentOffShare = 0.05;

    /// <param name="expected">Null where nobody said.</param>
    public PatternBody Body(TriggerIntent intent, IReadOnlyList<CellPoint> points, TimeSpan? expected, PatternFileFacts? file)
    {
        var exposure = PatternExposure.Of(intent, expected, file);
        (DateTimeOffset from, DateTimeOffset? to, EndOfExposure end) = exposure;
        ExposureState? state = ExposureState.Of(points, from, to ?? from, cell, job.Program.LongestIntervalSeconds);
        ExposureState? whole = to is null ? null : state;
        return new PatternBody(
            intent.Id, job.Id.Value, job.Sample, job.Base.ActiveMassMilligrams, job.ProtocolName, intent.Conditions, intent.By, intent.Policy, Word(intent),
            intent.Times, intent.PulseUncertaintySeconds + (intent.Acknowledged && !intent.StartUnseen ? line.Traits.PollInterval.TotalSeconds : 0),
            expected?.TotalSeconds, end == EndOfExposure.Seen ? (to!.Value - from).TotalSeconds : null,
            intent.Requested is { } requested ? PatternState.Of(requested, cell) : null,
            state?.Start, whole?.Middle, whole?.End, whole?.Mean, line.Device.Value, plan.Program, file,
            [.. Flags(intent, state, end, file)])
        {
            DisplacementOffsetDegrees = line.DisplacementOffsetDegrees,
            Clocks = clocksOf(job.Id),
        };
    }

    private string Word(TriggerIntent intent) => !intent.Acknowledged ? "none" : line.Traits.Acknowledgement == TriggerAcknowledgement.Line ? "line" : "busy";

    private IEnumerable<string> Flags(TriggerIntent intent, ExposureState? state, EndOfExposure end, PatternFileFacts? file)
    {
        (bool Is, string Flag)[] flags =
        [
            (intent.Short, PatternFlags.Short),
            (intent.Overrun, PatternFlags.Overrun),
            (state is not null && IsCurrentOff(state), PatternFlags.CurrentOff),
            (intent.Queued, PatternFlags.Queued),
            (state is not { HasGap: false }, PatternFlags.Gap),
            (intent.Outcome == PulseOutcome.Unconfirmed, PatternFlags.Unconfirmed),
            (intent.StartUnseen, PatternFlags.StartUnseen),
            (end == EndOfExposure.File, PatternFlags.EndFromFile),
            (end == EndOfExposure.Expected, PatternFlags.EndEstimated),
            (end == EndOfExposure.Unknown, PatternFlags.EndUnknown),
            (file is null, PatternFlags.NoFile),
        ];
        return flags.Where(flag => flag.Is).Select(flag => flag.Flag);
    }

    /// <summary>The step sets a current, the cell does not carry it.</summary>
    private bool IsCurrentOff(ExposureState state)
    {
        int step = state.Middle.StepIndex;
        return step >= 1 && step <= job.Program.Steps.Count && job.Program.Steps[step - 1] is Core.Programs.CurrentStep set
            && Math.Abs(state.Middle.CurrentMilliamperes) < CurrentOffShare * Math.Abs(set.CurrentAmperes) * 1e3;
    }
}
