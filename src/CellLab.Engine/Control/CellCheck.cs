using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Storage;

namespace CellLab.Engine.Control;

/// <summary>Whether the cell on a channel is the one that a job means, by its open-circuit voltage.</summary>
internal sealed class CellCheck(IJournal journal, RestVoltages rest)
{
    /// <param name="newSample">The job's sample where it is not stored yet.</param>
    /// <returns>Null when it may start, else one sentence.</returns>
    public async Task<string?> RefusalAsync(Job job, Sample? newSample, ChannelStatus status, CancellationToken cancellationToken)
    {
        if (job.AcceptOcvReason is not null)
        {
            return null;
        }

        if (await IsStillTheSameAsync(job, status, cancellationToken))
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

    /// <summary>The job before this one used the same cell and its test is still the last one on the channel: the cell relaxes from where that
    /// test left it, which no range foretells.</summary>
    private async Task<bool> IsStillTheSameAsync(Job job, ChannelStatus status, CancellationToken cancellationToken)
    {
        if (job.Behind is not { } id || await journal.ReadJobAsync(id, cancellationToken) is not { State: JobState.Completed } before || before.Sample != job.Sample)
        {
            return false;
        }

        Segment? last = (await journal.ReadSegmentsAsync(id, cancellationToken)).MaxBy(segment => segment.Index);
        return last is not null && last.Channel == status.Channel && last.TestId == status.TestId;
    }
}
