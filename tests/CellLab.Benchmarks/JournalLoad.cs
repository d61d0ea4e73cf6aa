using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Benchmarks;

/// <summary>One simulated cabinet of eight channels: gives the write that one poll of it leads to.</summary>
internal sealed class JournalLoad(int cabinet, DateTimeOffset start)
{
    public const int Channels = 8;
    private readonly long[] _sequences = new long[Channels];
    private readonly Segment[] _segments = [.. Enumerable.Range(0, Channels).Select(channel => MakeSegment(cabinet, channel, start))];

    public JobId JobOf(int channel) => _segments[channel].Job;

    /// <summary>Rows of all channels, and how far each segment has come.</summary>
    public JournalWrite Poll(Func<int, int> rowsOfChannel)
    {
        var rows = new List<RecordRow>();
        var segments = new Segment[Channels];
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int count = rowsOfChannel(channel); count > 0; count--)
            {
                rows.Add(MakeRow(channel, ++_sequences[channel]));
            }

            segments[channel] = _segments[channel] with { LastSequence = _sequences[channel], ResumeToken = $"{_sequences[channel]};17" };
        }

        return new JournalWrite { Records = rows, Segments = segments };
    }

    private static Segment MakeSegment(int cabinet, int channel, DateTimeOffset start) => new()
    {
        Job = new JobId($"bench{cabinet:D4}{channel:D3}"),
        Index = 0,
        Channel = new ChannelAddress(new DeviceId($"cabinet{cabinet}"), $"27-{channel + 1}-1"),
        Barcode = $"cell-{cabinet}-{channel}",
        TestId = "41",
        StartedAtUtc = start,
    };

    private RecordRow MakeRow(int channel, long sequence)
    {
        double seconds = sequence * 0.1;
        DateTimeOffset at = start.AddSeconds(seconds);
        double volts = 3.5 + (0.8 * Math.Sin(seconds / 900));
        var record = new InstrumentRecord(
            sequence, 2, 2, StepKind.ConstantCurrentCharge, seconds, seconds, false, at, at, volts, 5e-5, seconds * 1.4e-8, seconds * 5e-8, 1);
        return new RecordRow(_segments[channel].Job, Streams.Cycler, sequence, 0, seconds, 1, "loop-1", 1, record);
    }
}
