using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Storage;
using CellLab.Engine.Stages;

namespace CellLab.Engine.Control;

/// <summary>Where used cells were last seen: the voltage of the idle channel that a sample's last job left behind or from which it was taken out, else the last stored record.</summary>
internal sealed class RestVoltages(IJournal journal)
{
    private const int MostEvents = 100_000;
    private const double TakenOutVolts = 0.5;

    /// <summary>Of a place without a cell.</summary>
    private const double EmptyPlaceVolts = 0.1;

    private readonly ConcurrentDictionary<ChannelAddress, string> _lastSample = new();
    private readonly ConcurrentDictionary<string, LastSeen> _seen = new();

    /// <summary>The cell stands at open circuit on the channel from now on: after the job's end, or until somebody takes it out.</summary>
    public void Rests(Job job, ChannelAddress channel) => _lastSample[channel] = job.Sample;

    /// <summary>Somebody has taken the cell out: what the channel shows from now on is not its voltage.</summary>
    /// <param name="lastAmperes">Of the last record before; null without.</param>
    /// <returns>Its last open-circuit voltage; null where none was seen.</returns>
    public double? TakenOut(Job job, ChannelAddress channel, double? lastAmperes)
    {
        _lastSample.TryRemove(channel, out _);
        if (!_seen.TryGetValue(job.Sample, out LastSeen seen))
        {
            return null;
        }

        _seen[job.Sample] = LastSeen.TakenOut(seen.Volts, lastAmperes);
        return seen.Volts;
    }

    public void JobBegan(string sample, ChannelAddress channel)
    {
        _lastSample.TryRemove(channel, out _);
        _seen.TryRemove(sample, out _);
    }

    public void Observe(ChannelStatus status)
    {
        bool atRest = status.State is ChannelState.Idle or ChannelState.Finished or ChannelState.Stopped;
        if (!atRest || status.VoltageVolts is not { } volts || !_lastSample.TryGetValue(status.Channel, out string? sample))
        {
            return;
        }

        bool isKnown = _seen.TryGetValue(sample, out LastSeen before);
        if (isKnown ? Math.Abs(volts - before.Volts) > TakenOutVolts : Math.Abs(volts) < EmptyPlaceVolts)
        {
            _lastSample.TryRemove(status.Channel, out _); // a cell at rest does not jump: this one has been taken out
            return;
        }

        _seen[sample] = new LastSeen(volts);
    }

    /// <returns>Null for a cell that no job has used yet.</returns>
    public async Task<LastSeen?> LastKnownAsync(string sample, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(sample, out LastSeen seen))
        {
            return seen;
        }

        foreach (Job job in (await journal.ReadJobsAsync(cancellationToken)).Where(job => job.Sample == sample).OrderByDescending(job => job.SubmittedAtUtc))
        {
            (_, long last) = await journal.CountRecordsAsync(job.Id, Streams.Cycler, cancellationToken);
            if (last > 0)
            {
                InstrumentRecord record = (await journal.ReadRecordsAsync(job.Id, Streams.Cycler, last, 1, cancellationToken))[0].Record;
                return await HarvestAsync(job.Id, last, cancellationToken) is { } harvest
                    ? LastSeen.TakenOut(harvest.OpenCircuitVolts ?? record.VoltageVolts, record.CurrentAmperes)
                    : new LastSeen(record.VoltageVolts);
            }
        }

        return null;
    }

    /// <summary>A cell that was taken out after its last record relaxed before that: the event knows it, also after a restart.</summary>
    private async Task<HarvestRecord?> HarvestAsync(JobId job, long lastRecord, CancellationToken cancellationToken) =>
        (await journal.ReadEventsAsync(job, 0, MostEvents, cancellationToken)).LastOrDefault(told => told.Kind == HarvestRecord.EventKind) is { DataJson: { } data }
            && HarvestRecord.Read(data) is { } harvest && harvest.LastRecord == lastRecord ? harvest : null;
}
