using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Control;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Stages;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Gas;

/// <summary>What a job does when an instrument beside its cycler is lost. The loss itself is told and marked in every case.</summary>
internal sealed class GasLossPolicy(JobLedger ledger, JobPauser pauser, JobStopper stopper, StageCommands stages, IDeviceLanes lanes, ILogger logger)
{
    private const string Who = "service";

    public Task ApplyAsync(LiveJob live, GasLoss policy, string reason) => ApplyAsync(live, policy, "mass spectrometer", reason);

    /// <param name="what">The instrument, as a person calls it.</param>
    public async Task ApplyAsync(LiveJob live, GasLoss policy, string what, string reason)
    {
        bool acts = policy == GasLoss.Stop ? live.Job.State is JobState.Running or JobState.Paused : policy == GasLoss.Hold && live.Job.State == JobState.Running;
        if (!acts || lanes.Find(live.Channel.Device) is not { } supervisor)
        {
            return;
        }

        string text = $"the {what} has failed ({reason}), and the pipeline's rule is to {(policy == GasLoss.Stop ? "stop" : "hold")} then";
        try
        {
            if (policy == GasLoss.Hold)
            {
                await pauser.PauseAsync(live, supervisor, Who, lanes.Stopping);
            }
            else if (!await stages.TryStopAsync(live, text, ledger.Audit(Who, "job stop", live.Id.Value, text, "sent")))
            {
                await stopper.StopAsync(live, supervisor, text, JobVerdict.Aborted, ledger.Audit(Who, "job stop", live.Id.Value, text, "sent"));
            }
        }
        catch (Exception failure) when (failure is DeviceFaultException or DeskRefusedException or StorageException)
        {
            Log.PolicyFailed(logger, live.Id, text, failure.Message); // the alarm of the loss stands
        }
    }
}
