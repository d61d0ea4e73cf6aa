using CellLab.Core.Devices;
using CellLab.Core.Records;

namespace CellLab.Drivers.Neware.Following;

/// <summary>What one turn on one channel gathers.</summary>
internal sealed class FollowTurn(
    ChannelCursor cursor, NewareChannel channel, long testId, ChannelState channelState, ChannelMemory memory, TurnBudget budget)
{
    public ChannelCursor Cursor { get; } = cursor;

    public NewareChannel Channel { get; } = channel;

    public long TestId { get; } = testId;

    public ChannelState ChannelState { get; } = channelState;

    public ChannelMemory Memory { get; } = memory;

    public TurnBudget Budget { get; } = budget;

    public FollowState State { get; } = memory.Begin(cursor);

    public List<InstrumentRecord> Records { get; } = [];

    public List<StepTime> StepTimes { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>The last page asked for came back full.</summary>
    public bool PageWasFull { get; set; }

    /// <summary>There are records, but this turn may not download any more.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Records were left for a later turn: asking at once would bring the same again.</summary>
    public bool HoldsBack { get; set; }

    public FollowedReading End(FollowOutcome outcome, bool more) =>
        new(Cursor.Channel, outcome, Records, StepTimes, Notes, Memory.End(State), more);
}
