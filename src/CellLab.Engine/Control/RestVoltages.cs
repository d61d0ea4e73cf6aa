using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Engine.Control;

/// <summary>Where used cells were last seen: the voltage of the idle channel that a sample's last job left behind, else the last stored record.</summary>
internal sealed class RestVoltages(IJournal journal)
{
    private const double TakenOutVolts = 0.5;

    private readonly ConcurrentDictionary<ChannelAddress, string> _lastSample = new();
    private readonly ConcurrentDictionary<string, double> _volts = new();

    public void JobEnded(Job job, ChannelAddress channel) => _lastSample[channel] = job.Sample;

    public void JobBegan(string sample, ChannelAddress channel)
    {
        _lastSample.TryRemove(channel, out _);
        _volts.TryRemove(sample, out _);
    }

    public void Observe(ChannelStatus status)
    {
        bool atRest = status.State is ChannelState.Idle or ChannelState.Finished or ChannelState.Stopped;
        if (!atRest || status.VoltageVolts is not { } volts || !_lastSample.TryGetValue(status.Channel, out string? sample))
        {
            return;
        }

        if (_volts.TryGetValue(sample, out double before) && Math.Abs(volts - before) > TakenOutVolts)
        {
            _lastSample.TryRemove(status.Channel, out _); // a cell at rest does not jump: this one has been taken out
            return;
        }

        _volts[sample] = volts;
    }

    /// <returns>Null for a cell that no job has used yet.</returns>
    public async Task<double?> LastKnownAsync(string sample, CancellationToken cancellationToken)
    {
        if (_volts.TryGetValue(sample, out double volts))
        {
            return volts;
        }

        foreach (Job job in (await journal.ReadJobsAsync(cancellationToken)).Where(job => job.Sample == sample).OrderByDescending(job => job.SubmittedAtUtc))
        {
            (_, long last) = await journal.CountRecordsAsync(job.Id, Streams.Cycler, cancellationToken);
            if (last > 0)
            {
                return (await journal.ReadRecordsAsync(job.Id, Streams.Cycler, last, 1, cancellationToken))[0].Record.VoltageVolts;
            }
        }

        return null;
    }
}
