using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Alarms;
using CellLab.Engine.Control;
using CellLab.Engine.Gas;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Sources;

/// <summary>Gets what a segment needs before it starts, the mass spectrometer beside the job and the source lease for the cycler: off the device's task, so that the other cells of the cycler do not wait for a
/// potentiostat's answer.</summary>
internal sealed class Handovers(
    SourceLeases leases, GasDesk gas, JobStarter starter, JobLedger ledger, AlarmDesk alarms, IDeviceLanes lanes, EngineTimings timings, TimeProvider wall, ILogger logger)
{
    private readonly ConcurrentDictionary<JobId, object> _underWay = new();

    /// <summary>Reads the other sources back, then asks the starter again.</summary>
    public void Begin(LiveJob live)
    {
        object mine = new();
        if (_underWay.TryAdd(live.Id, mine))
        {
            _ = Task.Run(() => RunAsync(live, mine));
        }
    }

    /// <summary>A person has resumed a waiting job: what they were asked to do is done, and the lease is taken before the starter looks.</summary>
    /// <param name="acceptOcv">Why the voltages may differ; null: they may not.</param>
    /// <exception cref="Desk.DeskRefusedException">The lease is not granted; the job waits on, for the reason in the message.</exception>
    public async Task AnsweredAsync(LiveJob live, string? acceptOcv, CancellationToken cancellationToken)
    {
        leases.Moves.Confirm(live.Id, acceptOcv is not null);
        LeaseAnswer answer = await PreparedAsync(live, cancellationToken);
        if (answer.Outcome != LeaseOutcome.Granted)
        {
            await starter.HoldAsync(live, answer.Reason);
            throw new Desk.DeskRefusedException(answer.Reason, "job");
        }
    }

    /// <summary>The mass spectrometer is up before the job begins; the lease is taken before the cycler is switched on.</summary>
    private async Task<LeaseAnswer> PreparedAsync(LiveJob live, CancellationToken cancellationToken)
    {
        LeaseAnswer up = await gas.BringUpAsync(live, cancellationToken);
        return up.Outcome == LeaseOutcome.Granted && Next(live) is { Stage: null } && !leases.Allows(live, live.Channel)
            ? await leases.TakeAsync(live, live.Channel, cancellationToken)
            : up;
    }

    private static NextSegment? Next(LiveJob live)
    {
        try
        {
            return NextSegment.Of(live.Job, live.Plan, live.Previous);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // the starter says so
        }
    }

    private async Task RunAsync(LiveJob live, object mine)
    {
        try
        {
            while (live.Job.State is JobState.Queued or JobState.Waiting && !await TakenAsync(live, mine))
            {
                await Task.Delay(timings.StageRetry, wall, lanes.Stopping);
            }
        }
        catch (OperationCanceledException) when (lanes.Stopping.IsCancellationRequested)
        {
            // stored as queued: the next start of the service finds it
        }
        catch (Exception failure) when (failure is DeviceFaultException or OperationCanceledException or StorageException)
        {
            Log.StartFailed(logger, live.Id, failure.Message);
        }
        finally
        {
            Leave(live, mine);
        }
    }

    /// <returns>False to try again later.</returns>
    private async Task<bool> TakenAsync(LiveJob live, object mine)
    {
        LeaseAnswer answer = await PreparedAsync(live, lanes.Stopping);
        switch (answer.Outcome)
        {
            case LeaseOutcome.Granted:
                Leave(live, mine); // first: the cycler may be reached so late that the lease has run out, and the starter asks for it anew
                await lanes.RunAsync(live.Channel.Device, (device, token) => starter.StartAsync(live, device, token));
                return true;
            case LeaseOutcome.Refused:
                Leave(live, mine); // as above: a person may resume before this task has ended
                await starter.HoldAsync(live, answer.Reason);
                return true;
            default:
                await ledger.AmendAsync(live, job => job.State == JobState.Queued ? job with { StateReason = $"waits: {answer.Reason}" } : job);
                await alarms.RaiseAsync(AlarmIds.Stage(live.Id), AlarmSeverity.Warning, $"Job {live.Id} waits: {answer.Reason}", live.Id, live.Channel.ToString());
                return false;
        }
    }

    private void Leave(LiveJob live, object mine) => _underWay.TryRemove(new KeyValuePair<JobId, object>(live.Id, mine));
}
