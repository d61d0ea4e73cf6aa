using CellLab.Core.Devices;
using CellLab.Core.Time;

namespace CellLab.Drivers.XrdTrigger;

/// <summary>Takes the times round one write.</summary>
internal readonly struct PulseStamp(Clocks clocks)
{
    private readonly DateTimeOffset _sent = clocks.Lab.GetUtcNow();
    private readonly long _sentWall = clocks.Wall.GetTimestamp();

    public WirePulse Answered(string? note = null) =>
        new(PulseOutcome.Answered, _sent, clocks.Lab.GetUtcNow(), clocks.Wall.GetElapsedTime(_sentWall) / 2, note);

    /// <param name="seen">Output or instrument show that the pulse came.</param>
    public WirePulse Unanswered(bool seen, string why) => new(
        seen ? PulseOutcome.Seen : PulseOutcome.Unconfirmed,
        _sent,
        null,
        clocks.Wall.GetElapsedTime(_sentWall) / 2,
        $"{why}; {(seen ? "the pulse was seen all the same" : "whether the pulse came is not known, and it is not repeated")}");
}
