using CellLab.Core.Devices;
using CellLab.Core.Time;

namespace CellLab.Drivers.Land.Following;

/// <summary>What each channel is doing, as far as its data files tell.</summary>
internal sealed class LandStates(DeviceId device, LandOptions options, LandWatch watch, Clocks clocks)
{
    private readonly Dictionary<string, (long Length, DateTimeOffset WrittenUtc, LandTail? Tail)> _tails = new(StringComparer.Ordinal);

    /// <param name="tests">Oldest first; empty for a channel that has no data file.</param>
    public ChannelStatus Of(string channel, IReadOnlyList<LandTest> tests)
    {
        var address = new ChannelAddress(device, channel);
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        if (tests.Count == 0)
        {
            return new ChannelStatus(address, ChannelState.Idle, "no data file", now);
        }

        LandTest test = tests[^1];
        string? barcode = LandBarcode.Of(test);
        if (test.Last.Problem is { } problem)
        {
            return new ChannelStatus(address, ChannelState.Unknown, $"data file cannot be read: {problem}", now, TestId: test.Id, Barcode: barcode);
        }

        bool quiet = watch.IsQuiet(test.Last.File.Name, options.Quiet);
        LandTail? tail = quiet ? null : TailOf(test.Last); // what was measured last is not what the cell shows now
        return new ChannelStatus(
            address, quiet ? ChannelState.Finished : ChannelState.Running, quiet ? "data file no longer grows" : "data file grows", now,
            tail?.Volts, tail?.Amperes, test.Id, barcode, tail?.Step is { } step ? (int)step - options.FirstStepNumber + 1 : null);
    }

    private LandTail? TailOf(LandTestFile file)
    {
        if (_tails.TryGetValue(file.File.Name, out var known) && known.Length == file.File.Length && known.WrittenUtc == file.File.WrittenUtc)
        {
            return known.Tail;
        }

        LandTail? tail = ReadTail(file);
        _tails[file.File.Name] = (file.File.Length, file.File.WrittenUtc, tail);
        return tail;
    }

    private static LandTail? ReadTail(LandTestFile file)
    {
        try
        {
            return file.Head?.Start is { } start ? LandTail.Read(file.File, start) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // shown without values until the next look
        }
    }
}
