using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Publishing;
using CellLab.Service.Rest.Bench;
using CellLab.Service.Rest.Jobs;
using CellLab.Service.Rest.Observing;

namespace CellLab.Service.Rest.Streaming;

/// <summary>The newest state of a changed thing, as REST shows it.</summary>
internal sealed class ChangePresenter(IJournal journal, IExperimentDesk desk, JobPresenter jobs)
{
    /// <summary>Null when the thing is not there any more.</summary>
    public async Task<object?> StateAsync(ChangeKey change, CancellationToken cancellationToken) => change.Kind switch
    {
        "device" => desk.FindDevice(new DeviceId(change.Id)) is { } device ? DeviceBody.Of(device) : null,
        "channel" => desk.FindChannel(ChannelAddress.Parse(change.Id)) is { } channel ? ChannelBody.Of(channel) : null,
        "job" or "progress" => await JobAsync(change.Id, cancellationToken),
        "alarm" => await AlarmAsync(change.Id, cancellationToken),
        _ => null,
    };

    private async Task<object?> JobAsync(string id, CancellationToken cancellationToken) =>
        await journal.ReadJobAsync(new JobId(id), cancellationToken) is { } job ? await jobs.SummaryAsync(job, cancellationToken) : null;

    private async Task<object?> AlarmAsync(string id, CancellationToken cancellationToken)
    {
        // told before it is stored: what is in force is in memory first
        IReadOnlyList<Alarm> alarms = await KnownAlarms.ReadAsync(journal, desk, includeOver: true, cancellationToken);
        return alarms.Where(alarm => alarm.Id == id).Select(AlarmBody.Of).FirstOrDefault();
    }
}
