using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Control;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;

namespace CellLab.Engine.Triggers;

/// <summary>Holds a cell for a pattern: its test is paused, so that it rests at open circuit, and goes on afterwards. An executor that cannot pause says so, and the
/// pattern is taken while the cell goes on.</summary>
internal sealed class TriggerHold(LiveJobs jobs, JobPauser pauser, IDeviceLanes lanes)
{
    private const string Who = "its trigger";
    private const string HeldReason = $"paused by {Who}";

    /// <summary>The job was paused here, not by a person.</summary>
    public static bool IsHeld(Job job) => job is { State: JobState.Paused, StateReason: HeldReason };

    /// <returns>Why it could not be done; null when it is confirmed.</returns>
    public async Task<string?> HoldAsync(JobId job, bool hold)
    {
        if (jobs.Find(job) is not { } live || lanes.Find(live.Channel.Device) is not { } supervisor)
        {
            return "the job has ended";
        }

        if (hold ? live.Job.State != JobState.Running : !IsHeld(live.Job))
        {
            return $"the job is {live.Job.State}";
        }

        try
        {
            Job told = hold
                ? await pauser.PauseAsync(live, supervisor, Who, CancellationToken.None)
                : await pauser.ResumeAsync(live, supervisor, null, Who, CancellationToken.None);
            return told.State == (hold ? JobState.Paused : JobState.Running) ? null : $"the job is {told.State}";
        }
        catch (Exception refused) when (refused is DeskRefusedException or DeviceFaultException or StorageException)
        {
            return refused.Message;
        }
    }
}
