using System.Collections.Concurrent;
using CellLab.Core.Devices;
using CellLab.Engine.Control;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Sources;

/// <summary>One source at a time on a cell: whoever wants to switch its output on takes the sample's lease first, and gets it only after all other sources of the
/// pipeline were read back as off. Pipelines with one source need none.</summary>
internal sealed class SourceLeases(PipelineBook pipelines, IDeviceLanes lanes, EngineTimings timings, TimeProvider wall)
{
    private readonly ConcurrentDictionary<string, Lease> _leases = new(StringComparer.Ordinal);
    private readonly SourceReadBack _readBack = new(lanes);

    public HandMoves Moves { get; } = new();

    /// <summary>The channel may be switched on now.</summary>
    public bool Allows(LiveJob live, ChannelAddress channel) => Others(live, channel).Count == 0
        || (_leases.TryGetValue(live.Job.Sample, out Lease lease) && lease.Channel == channel && wall.GetElapsedTime(lease.GrantedAtWall) < timings.LeaseValidity);

    /// <summary>Reads the other sources back, has the cell plugged over where a person does that, and grants.</summary>
    public async Task<LeaseAnswer> TakeAsync(LiveJob live, ChannelAddress channel, CancellationToken cancellationToken)
    {
        double? volts = null;
        ChannelAddress from = LastUsed(live);
        foreach (ChannelAddress other in Others(live, channel))
        {
            (LeaseAnswer answer, double? seen) = await _readBack.RequireOffAsync(other, cancellationToken);
            if (answer.Outcome != LeaseOutcome.Granted)
            {
                return answer;
            }

            volts = other == from ? seen : volts;
        }

        if (from != channel && await MovedAsync(live, from, volts, channel, cancellationToken) is { } open)
        {
            return open;
        }

        _leases[live.Job.Sample] = new Lease(channel, wall.GetTimestamp());
        return LeaseAnswer.Granted;
    }

    public void GiveBack(LiveJob live, ChannelAddress channel)
    {
        if (_leases.TryGetValue(live.Job.Sample, out Lease lease) && lease.Channel == channel)
        {
            _leases.TryRemove(new KeyValuePair<string, Lease>(live.Job.Sample, lease));
        }
    }

    /// <summary>Nobody drives the cell of an ended job.</summary>
    public void Forget(LiveJob live)
    {
        _leases.TryRemove(live.Job.Sample, out _);
        Moves.Done(live.Id);
    }

    /// <summary>The source that the cell was on last; its voltage was checked there.</summary>
    private ChannelAddress LastUsed(LiveJob live) =>
        live.LastDriven is { } last && pipelines.Of(live)?.Sources.Any(source => source.Value == last) == true ? last : live.Channel;

    private List<ChannelAddress> Others(LiveJob live, ChannelAddress channel) =>
        [.. pipelines.Of(live)?.Sources.Select(source => source.Value).Where(other => other != channel) ?? []];

    /// <returns>Null when the cell is on the new source.</returns>
    private async Task<LeaseAnswer?> MovedAsync(LiveJob live, ChannelAddress from, double? volts, ChannelAddress to, CancellationToken cancellationToken)
    {
        PipelineSpec pipeline = pipelines.Of(live)!;
        bool byHand = pipeline.WiringOf(from) == Wiring.ByHand || pipeline.WiringOf(to) == Wiring.ByHand;
        if (!byHand && pipeline.WiringOf(from) == Wiring.Wired && pipeline.WiringOf(to) == Wiring.Wired)
        {
            return null;
        }

        if (byHand)
        {
            if (Moves.Confirmed(live, from, to, volts) is not { } move)
            {
                return new LeaseAnswer(LeaseOutcome.Refused, HandMoves.Task(from, to));
            }

            volts = move.VoltsBefore;
        }

        (LeaseAnswer off, double? found) = await _readBack.RequireOffAsync(to, cancellationToken);
        if (off.Outcome != LeaseOutcome.Granted)
        {
            return off;
        }

        if (HandMoves.Difference(from, volts, to, found, Moves.IsAccepted(live.Id)) is { } differs)
        {
            Moves.Reopen(live.Id);
            return new LeaseAnswer(LeaseOutcome.Refused, differs);
        }

        Moves.Done(live.Id);
        return null;
    }

    private readonly record struct Lease(ChannelAddress Channel, long GrantedAtWall);
}
