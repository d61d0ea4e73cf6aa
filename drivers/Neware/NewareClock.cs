using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Following;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;

namespace CellLab.Drivers.Neware;

/// <summary>The BTS PC's clock. No command asks for it, but the first record of a running test tells when it started by the PC, and an inquire how
/// long it has been running.</summary>
internal sealed class NewareClock(NewareRequests requests, NewareOptions options)
{
    /// <summary>Stamps of records and the total time are whole seconds.</summary>
    private static readonly TimeSpan s_rounding = TimeSpan.FromSeconds(1);

    /// <summary>A total time that is told late and rounding make so much in a test without pauses.</summary>
    private static readonly TimeSpan s_steady = TimeSpan.FromSeconds(2);

    public async Task<ClockReading> ReadAsync(NewareRoster roster, Reply<PresentValues[]> present, CancellationToken cancellationToken)
    {
        string why = "nothing runs, and the BTS tells its PC's clock by the records of a running test alone";
        for (int i = 0; i < roster.Online.Count; i++)
        {
            PresentValues values = present.Value[i];
            if (values.TestSeconds is not { } seconds || NewareProtocol.StateOf(values.State) != ChannelState.Running)
            {
                continue;
            }

            NewareChannel channel = roster.Online[i];
            if (await StartByPcAsync(channel, present.MiddleUtc - TimeSpan.FromSeconds(seconds), cancellationToken) is not { } startByPc)
            {
                why = $"the test on {channel} has no record yet";
                continue;
            }

            var offset = ClockOffset.Of(startByPc + TimeSpan.FromSeconds(seconds), present.SentAtUtc, present.ReceivedAtUtc, s_rounding);
            if (!await HasPausedAsync(channel, offset, cancellationToken))
            {
                return new ClockReading($"the BTS PC's clock, by the first record of the test on {channel} and its total time", offset);
            }

            why = $"the test on {channel} was paused, and the time it tells does not count pauses";
        }

        return new ClockReading(why);
    }

    private async Task<DateTimeOffset?> StartByPcAsync(NewareChannel channel, DateTimeOffset startByUs, CancellationToken cancellationToken)
    {
        Reply<RecordPage> first = await requests.DownloadAsync(channel, NewareProtocol.PresentTest, 1, 1, cancellationToken);
        return first.Value.Records is [var record, ..]
            ? new PcClock(options.TimeZone).ToUtc(record.LocalTime, startByUs) - TimeSpan.FromSeconds(record.StepSeconds)
            : null;
    }

    /// <summary>A test that was paused seems to have started later than it did, so that its newest record lies in the future. A pause since
    /// that record is not seen: the offset is wrong by it until the next record.</summary>
    private async Task<bool> HasPausedAsync(NewareChannel channel, ClockOffset offset, CancellationToken cancellationToken)
    {
        StoredCount[] counts = await requests.CountsAsync([channel], NewareProtocol.PresentTest, cancellationToken);
        Reply<RecordPage> newest = await requests.DownloadAsync(channel, NewareProtocol.PresentTest, Math.Max(counts[0].Count, 1), 1, cancellationToken);
        DateTimeOffset nowByPc = newest.ReceivedAtUtc + offset.Offset;
        return newest.Value.Records is [var record, ..]
            && new PcClock(options.TimeZone).ToUtc(record.LocalTime, nowByPc) - nowByPc > offset.Uncertainty + s_steady;
    }
}
