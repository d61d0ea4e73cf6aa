using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Engine.Live;

namespace CellLab.Engine.Control;

/// <summary>Whether the cell on a channel is the one that a job means, by its open-circuit voltage.</summary>
internal sealed class CellCheck(IJournal journal, RestVoltages rest)
{
    /// <summary>The kind of step after which another cell may be in the place.</summary>
    public const string TakenOut = "harvest";

    /// <param name="live">The job with its own last segments; null before it is stored.</param>
    /// <param name="newSample">The job's sample where it is not stored yet.</param>
    /// <returns>Null when it may start, else one sentence.</returns>
    public async Task<string?> RefusalAsync(
        Job job, LiveJob? live, Sample? newSample, ChannelStatus status, CancellationToken cancellationToken)
    {
        if (job.AcceptOcvReason is not null)
        {
            return status.VoltageVolts > job.Program.Limits.MaxVolts
                ? $"{job.Sample} at rest: {status.VoltageVolts:0.000} V is above the upper limit of {job.Program.Limits.MaxVolts:0.000} V, and no reason lifts a limit; discharge the cell, or submit with other limits"
                : null;
        }

        if (await IsStillTheSameAsync(job, live, status, cancellationToken))
        {
            return status.VoltageVolts is { } volts && LimitCheck.Passed(job.Program.Limits, volts, 0, 0) is { } passed
                ? $"{job.Sample} at rest: {passed}"
                : null;
        }

        Sample? sample = newSample ?? (await journal.ReadSamplesAsync(job.Sample, cancellationToken)).MaxBy(version => version.Version);
        return sample is null
            ? $"there is no sample '{job.Sample}'"
            : OcvCheck.Refusal(sample, status.VoltageVolts, await rest.LastKnownAsync(job.Sample, cancellationToken));
    }

    /// <summary>A test of this job, or of the one before it with the same cell, ended as planned and is still the last one on the channel: the cell
    /// relaxes from where that test left it, which no range foretells.</summary>
    private async Task<bool> IsStillTheSameAsync(Job job, LiveJob? live, ChannelStatus status, CancellationToken cancellationToken)
    {
        if (live?.Previous is { } previous)
        {
            return previous.NextPlace is not null && previous.Stage != TakenOut && live.PreviousOnCycler is { } test && IsLast(test, status);
        }

        return job.Behind is { } id
            && await journal.ReadJobAsync(id, cancellationToken) is { State: JobState.Completed } before && before.Sample == job.Sample
            && (await journal.ReadSegmentsAsync(id, cancellationToken)).Where(segment => segment.Stage is null).MaxBy(segment => segment.Index) is { } last && IsLast(last, status);
    }

    private static bool IsLast(Segment segment, ChannelStatus status) => segment.Channel == status.Channel && segment.TestId == status.TestId;
}
