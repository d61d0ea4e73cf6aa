using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Storage;
using CellLab.Engine.Control;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Operated;

/// <summary>Starts that a person carries out: the job waits with the task as its reason and its intent open in the journal, until the new test is seen under
/// its barcode, or a person says that the newest test on the channel is the job's. Everything here runs on the device's task.</summary>
internal sealed class OperatedStarts(IJournal journal, LiveJobs jobs, JobStarter starter)
{
    /// <summary>What the job waits for.</summary>
    public static string Task(OperatedProgramRunner runner, LiveJob live, CellProgram program) =>
        $"{runner.StartTask(live.Channel, program, live.Barcode)}. The job runs as soon as that test is seen; if it bears another name, resume the job to say that the newest test on {live.Channel} is its own";

    /// <summary>Looks for the tests that waiting jobs have asked for.</summary>
    public async Task RecogniseAsync(DeviceSupervisor supervisor, IReadOnlyList<ChannelStatus> states, CancellationToken cancellationToken)
    {
        if (supervisor.Capability<OperatedProgramRunner>() is null)
        {
            return;
        }

        foreach (ChannelStatus found in states)
        {
            if (jobs.On(found.Channel) is { Job.State: JobState.Waiting } live && found.Barcode == live.Barcode
                && await OpenAsync(live, cancellationToken) is { } asked && StartVerdicts.Compare(asked, found) == StartVerdict.Ours)
            {
                await starter.AdoptAsync(live, asked, found, "started by a person, seen under its barcode");
            }
        }
    }

    /// <summary>A person has resumed a waiting job: if it waits for a start, the newest test on the channel is taken as its own.</summary>
    /// <returns>False when the job waits for something else.</returns>
    /// <exception cref="DeskRefusedException">There is no new test on the channel.</exception>
    public async Task<bool> ConfirmAsync(LiveJob live, IDevice device, CancellationToken cancellationToken)
    {
        if (!device.TryGet<OperatedProgramRunner>(out _) || !device.TryGet<IChannelBank>(out var bank)
            || live.Job.State != JobState.Waiting || await OpenAsync(live, cancellationToken) is not { } asked)
        {
            return false;
        }

        ChannelStatus found = await bank.InspectAsync(live.Channel, cancellationToken);
        if (found.TestId is null || found.TestId == asked.PreviousTestId || found.State == ChannelState.Unknown)
        {
            throw new DeskRefusedException($"there is no new test on {live.Channel} ('{found.StateText}', newest {found.TestId ?? "none"}); {live.Job.StateReason}", "job");
        }

        await starter.AdoptAsync(live, asked, found, $"started by a person, who confirms that the test named '{found.Barcode}' is this job's");
        return true;
    }

    private async Task<StartIntent?> OpenAsync(LiveJob live, CancellationToken cancellationToken) =>
        (await journal.ReadIntentsAsync(live.Id, cancellationToken)).LastOrDefault(intent => intent.Outcome is null);
}
