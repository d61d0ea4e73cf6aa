using CellLab.Core.Devices;

namespace CellLab.Service.Offline.Preview;

/// <summary>The channel that the preview is for. <paramref name="RangesMa"/> are those the figures rest on; with <paramref name="RangesAssumed"/> nobody
/// stated them.</summary>
public sealed record PreviewedChannel(string? Name, IReadOnlyList<double> RangesMa, bool RangesAssumed)
{
    public static PreviewedChannel Of(string? name, ChannelCapability? channel, IReadOnlyList<double> rangesAmperes) =>
        new(name, [.. rangesAmperes.Select(range => range * 1e3)], channel is not { CurrentRangesAmperes.Count: > 0 });
}

/// <summary>How late a trigger on a measured quantity can be: a record is stored after its interval, and fetched after the poll interval.</summary>
public sealed record TriggerLatency(double RecordIntervalS, double PollIntervalS, double LatencyS, bool PollAssumed)
{
    /// <summary>What a NEWARE system has without another setting.</summary>
    private const double UsualPollSeconds = 10;

    public static TriggerLatency Of(double recordIntervalSeconds, ChannelCapability? channel)
    {
        double poll = channel?.RecordPollInterval?.TotalSeconds ?? UsualPollSeconds;
        return new TriggerLatency(recordIntervalSeconds, poll, recordIntervalSeconds + poll, channel?.RecordPollInterval is null);
    }
}
