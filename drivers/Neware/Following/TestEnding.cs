using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware.Following;

/// <summary>How a followed test ends: asked anew, never from what was read earlier.</summary>
internal sealed class TestEnding(NewareRequests requests)
{
    private const int LongestLogShown = 200;

    /// <summary>Everything counted so far is here and the channel was seen not running: done only when state and count, read now, agree.</summary>
    public async Task<FollowOutcome> ConcludeAsync(FollowTurn turn, StoredCount stored, CancellationToken cancellationToken)
    {
        if (!stored.Complete)
        {
            TellWaiting(turn);
            return FollowOutcome.Following;
        }

        (IReadOnlyList<ExecutedStep> steps, IReadOnlyList<LogLine> log) = await ReadTablesAsync(turn, cancellationToken);
        ChannelState now = NewareProtocol.StateOf(await requests.StateWordAsync(turn.Channel, cancellationToken));
        StoredCount fresh = (await requests.CountsAsync([turn.Channel], NewareProtocol.PresentTest, cancellationToken))[0];
        turn.Memory.Count = fresh;
        bool over = now is ChannelState.Finished or ChannelState.Stopped or ChannelState.Protected;
        if (!over || fresh.TestId != turn.TestId || !fresh.Complete || fresh.Count != turn.State.LastRecord)
        {
            return FollowOutcome.Following;
        }

        Tell(turn, steps, log);
        return now == ChannelState.Finished ? FollowOutcome.Complete : FollowOutcome.EndedEarly;
    }

    /// <summary>Null when our test is no longer served.</summary>
    public async Task<StoredCount?> CountOfOursAsync(FollowTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            StoredCount ours = (await requests.CountsAsync([turn.Channel], turn.TestId, cancellationToken))[0];
            return ours.TestId == turn.TestId ? ours : null;
        }
        catch (DeviceFaultException refused) when (refused.Kind == FaultKind.Rejected)
        {
            return null;
        }
    }

    public async Task CloseOverrunAsync(FollowTurn turn, StoredCount? left, CancellationToken cancellationToken)
    {
        turn.Notes.Add($"Another test has taken the channel; the test {turn.TestId} was followed up to record {turn.State.LastRecord}.");
        if (left is { } stored && stored.Count == turn.State.LastRecord)
        {
            (IReadOnlyList<ExecutedStep> steps, IReadOnlyList<LogLine> log) = await ReadTablesAsync(turn, cancellationToken);
            Tell(turn, steps, log);
        }
        else
        {
            turn.Notes.Add("What the instrument had stored beyond that is no longer served.");
        }
    }

    private async Task<(IReadOnlyList<ExecutedStep> Steps, IReadOnlyList<LogLine> Log)> ReadTablesAsync(
        FollowTurn turn, CancellationToken cancellationToken) =>
        (await requests.StepLayerAsync(turn.Channel, turn.TestId, cancellationToken),
            await requests.LogAsync(turn.Channel, turn.TestId, cancellationToken));

    private static void Tell(FollowTurn turn, IReadOnlyList<ExecutedStep> steps, IReadOnlyList<LogLine> log)
    {
        turn.StepTimes.AddRange(StepLedger.Apply(turn.State, steps, testIsOver: true));
        if (turn.State.OpenSteps.Count > 0)
        {
            turn.Notes.Add($"The instrument's step table does not tell {turn.State.OpenSteps.Count} of the executed steps; their times stay provisional.");
        }

        turn.Notes.AddRange(log.Take(LongestLogShown).Select(Say));
        if (log.Count > LongestLogShown)
        {
            turn.Notes.Add($"The instrument's log has {log.Count - LongestLogShown} further lines.");
        }
    }

    private static void TellWaiting(FollowTurn turn)
    {
        if (!turn.State.WaitingTold)
        {
            turn.State.WaitingTold = true;
            turn.Notes.Add("The test is over; the instrument is still uploading its last records.");
        }
    }

    private static string Say(LogLine line)
    {
        string meaning = line.Code switch
        {
            NewareProtocol.LogStarted => " (started)",
            NewareProtocol.LogFinished => " (finished)",
            _ => "",
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"Instrument log {line.Number}: {line.LocalTime:yyyy-MM-dd HH:mm:ss} (PC time) code {line.Code}{meaning}.");
    }
}
