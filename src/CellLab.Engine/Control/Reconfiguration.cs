using CellLab.Core.Devices;
using CellLab.Engine.Alarms;
using CellLab.Engine.Desk;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Control;

/// <summary>Takes devices and pipelines in and out while jobs run on the others. While it decides, no job is taken in; what a live job uses is not touched.</summary>
#pragma warning disable CA1001 // the semaphore is never asked for its handle, so there is nothing to dispose of
internal sealed class Reconfiguration(LiveJobs jobs, DeviceFleet fleet, LiveList<PipelineSpec> pipelines, AlarmDesk alarms, PipelineCheck check, Action<string, string> told)
#pragma warning restore CA1001
{
    private const int MostAtOnce = 1024;

    private readonly SemaphoreSlim _comings = new(MostAtOnce);

    /// <summary>Runs what takes a job in; reloads wait for it, and it waits for a reload.</summary>
    public async Task<T> TakeInAsync<T>(Func<Task<T>> accept, CancellationToken cancellationToken)
    {
        await _comings.WaitAsync(cancellationToken);
        try
        {
            return await accept();
        }
        finally
        {
            _comings.Release();
        }
    }

    /// <exception cref="DeskRefusedException">A live job uses what is to change; nothing has.</exception>
    public async Task ApplyAsync(EngineChange change, CancellationToken stopping)
    {
        for (int taken = 0; taken < MostAtOnce; taken++)
        {
            await _comings.WaitAsync(stopping);
        }

        try
        {
            RefuseUsed(change);
            foreach (DeviceId id in change.Removed)
            {
                await fleet.RemoveAsync(id);
                await alarms.ClearAsync(AlarmIds.Device(id));
            }

            pipelines.Replace(change.Pipelines);
            fleet.Add(change.Added);
            fleet.Serve(stopping);
            await check.ForgetAsync();
        }
        finally
        {
            _comings.Release(MostAtOnce);
        }

        foreach (DeviceId id in change.Removed.Concat(change.Added.Select(added => added.Device.Id)).Distinct())
        {
            told("device", id.Value);
        }
    }

    private void RefuseUsed(EngineChange change)
    {
        foreach (LiveJob live in jobs.All)
        {
            if (change.Removed.FirstOrDefault(id => DevicesOf(live).Contains(id)) is { Value: not null } device)
            {
                throw new DeskRefusedException(
                    $"device {device} is used by job {live.Id} ({live.Job.State}, sample {live.Job.Sample}): its settings cannot change and it cannot be removed before that job has ended", "devices");
            }

            if (change.Touched.Contains(live.Job.Pipeline, StringComparer.Ordinal))
            {
                throw new DeskRefusedException(
                    $"pipeline '{live.Job.Pipeline}' is used by job {live.Id} ({live.Job.State}, sample {live.Job.Sample}): it cannot change before that job has ended", "pipelines");
            }
        }
    }

    private IEnumerable<DeviceId> DevicesOf(LiveJob live)
    {
        IEnumerable<PipelineSpec> used = pipelines.Where(pipeline => pipeline.Id == live.Job.Pipeline || pipeline.Roles.Values.Contains(live.Channel));
        return used.SelectMany(pipeline => pipeline.Roles.Values.Select(channel => channel.Device).Concat(pipeline.Gas?.Panel is { } panel ? [panel] : [])).Append(live.Channel.Device);
    }
}
