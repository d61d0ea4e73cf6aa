using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;

namespace CellLab.Drivers.Neware.Following;

/// <summary>Follows one test on one channel, a turn at a time: new records, final step times, and how the test ended. Everything it concludes
/// rests on state and test id alone.</summary>
internal sealed class NewareFollower(NewareRequests requests, NewareOptions options, Clocks clocks)
{
    private const int ManyOpenSteps = 100;

    private readonly PageTaker _pages = new(new RecordMaker(new PcClock(options.TimeZone)), options.Units);
    private readonly TestEnding _ending = new(requests);

    /// <param name="state">What the channel was doing when read last; never <see cref="ChannelState.Unknown"/>.</param>
    /// <param name="memory">With a count that was read since the connection was made.</param>
    public async Task<FollowedReading> TurnAsync(
        ChannelCursor cursor, NewareChannel channel, ChannelState state, ChannelMemory memory, TurnBudget budget, CancellationToken cancellationToken)
    {
        var turn = new FollowTurn(cursor, channel, ParseTestId(cursor), state, memory, budget);
        StoredCount stored = memory.Count!.Value;
        if (stored.TestId is null)
        {
            return turn.End(FollowOutcome.Away, more: false); // a channel without any test: nothing can be concluded from that
        }

        return stored.TestId == turn.TestId
            ? await FollowAsync(turn, stored, cancellationToken)
            : await RecountAsync(turn, cancellationToken);
    }

    private async Task<FollowedReading> FollowAsync(FollowTurn turn, StoredCount stored, CancellationToken cancellationToken)
    {
        NotePause(turn);
        turn.Memory.Offset.Apply(turn.State, turn.Notes);
        await FetchPageAsync(turn, NewareProtocol.PresentTest, stored, cancellationToken);
        bool more = turn.IsDeferred || MayAskAgain(turn, stored);
        if (IsStepLayerDue(turn.State, more))
        {
            await ReadStepLayerAsync(turn, cancellationToken);
        }

        FollowOutcome outcome = FollowOutcome.Following;
        if (IsOver(turn.ChannelState) && turn.State.LastRecord >= stored.Count)
        {
            outcome = await _ending.ConcludeAsync(turn, stored, cancellationToken);
        }

        return turn.End(outcome, more && outcome == FollowOutcome.Following);
    }

    /// <summary>Another test seems to have the channel. What was counted may be older than our start, so it is counted again before anything is
    /// concluded.</summary>
    private async Task<FollowedReading> RecountAsync(FollowTurn turn, CancellationToken cancellationToken)
    {
        StoredCount fresh = (await requests.CountsAsync([turn.Channel], NewareProtocol.PresentTest, cancellationToken))[0];
        turn.Memory.Count = fresh;
        return fresh.TestId == turn.TestId
            ? await FollowAsync(turn, fresh, cancellationToken)
            : fresh.TestId is null ? turn.End(FollowOutcome.Away, more: false) : await LeaveAsync(turn, cancellationToken);
    }

    /// <summary>Another test has the channel: takes what is left of ours as long as it is served, and touches nothing.</summary>
    private async Task<FollowedReading> LeaveAsync(FollowTurn turn, CancellationToken cancellationToken)
    {
        StoredCount? left = await _ending.CountOfOursAsync(turn, cancellationToken);
        if (left is { } stored)
        {
            await FetchPageAsync(turn, turn.TestId, stored, cancellationToken);
            if (turn.IsDeferred || (turn.Records.Count > 0 && turn.State.LastRecord < stored.Count))
            {
                return turn.End(FollowOutcome.Following, more: true);
            }
        }

        await _ending.CloseOverrunAsync(turn, left, cancellationToken);
        return turn.End(FollowOutcome.Overrun, more: false);
    }

    private async Task FetchPageAsync(FollowTurn turn, long askedTest, StoredCount stored, CancellationToken cancellationToken)
    {
        long pending = stored.Count - turn.State.LastRecord;
        if (pending <= 0)
        {
            return;
        }

        if (!turn.Budget.TryTake())
        {
            turn.IsDeferred = true;
            return;
        }

        int page = turn.Cursor.LimitNear || pending <= NewareProtocol.RoutinePage ? NewareProtocol.RoutinePage : NewareProtocol.LargestPage;
        Reply<RecordPage> reply = await requests.DownloadAsync(turn.Channel, askedTest, turn.State.LastRecord + 1, page, cancellationToken);
        if (reply.Value.TestId != turn.TestId)
        {
            turn.Memory.Count = null; // the channel has changed hands since it was counted: count again before anything else
            return;
        }

        bool running = !IsOver(turn.ChannelState) && askedTest == NewareProtocol.PresentTest;
        _pages.Take(turn, reply.Value.Records, reply.ReceivedAtUtc, running);
        turn.PageWasFull = turn.Records.Count == page;
    }

    private static bool MayAskAgain(FollowTurn turn, StoredCount stored) =>
        !turn.HoldsBack && (turn.PageWasFull || (turn.Records.Count > 0 && turn.State.LastRecord < stored.Count));

    private bool IsStepLayerDue(FollowState state, bool catchingUp)
    {
        if (state.OpenSteps.Count < 2 || (catchingUp && state.OpenSteps.Count < ManyOpenSteps))
        {
            return false;
        }

        return state.StepLayerReadAtUtc is not { } readAt
            || state.CycleId != state.StepLayerCycle
            || clocks.Lab.GetUtcNow() - readAt >= options.StepLayerInterval;
    }

    private async Task ReadStepLayerAsync(FollowTurn turn, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExecutedStep> layer = await requests.StepLayerAsync(turn.Channel, turn.TestId, cancellationToken);
        turn.StepTimes.AddRange(StepLedger.Apply(turn.State, layer, testIsOver: false));
        turn.State.StepLayerReadAtUtc = clocks.Lab.GetUtcNow();
        turn.State.StepLayerCycle = turn.State.CycleId;
    }

    private static void NotePause(FollowTurn turn)
    {
        if (turn.ChannelState == ChannelState.Paused)
        {
            turn.State.Paused = true;
            turn.State.PausedSinceLastRecord = true;
            turn.Memory.Offset.Clear();
        }
    }

    private static bool IsOver(ChannelState state) => state is ChannelState.Finished or ChannelState.Stopped or ChannelState.Protected;

    private static long ParseTestId(ChannelCursor cursor) =>
        long.TryParse(cursor.TestId, NumberStyles.None, CultureInfo.InvariantCulture, out long testId)
            ? testId
            : throw new DeviceFaultException(
                FaultKind.Configuration, cursor.Channel.Device, $"{cursor.Channel}: '{cursor.TestId}' is not a test id of a NEWARE channel");
}
