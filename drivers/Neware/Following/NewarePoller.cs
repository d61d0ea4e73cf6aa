using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;

namespace CellLab.Drivers.Neware.Following;

/// <summary>One turn over all channels: states and counts when they are due, then the followed channels one by one.</summary>
internal sealed class NewarePoller(NewareRequests requests, NewareOptions options, Clocks clocks)
{
    /// <summary>Downloads in one turn; channels left over come first in the next, which is asked for at once. A turn is one commit: more would
    /// make the first channel's records wait for the last one's reply.</summary>
    private const int DownloadsPerTurn = 16;

    private readonly NewareFollower _follower = new(requests, options, clocks);
    private readonly Dictionary<string, ChannelMemory> _memories = new(StringComparer.Ordinal);
    private readonly Due _presentDue = new(clocks, options.InquireInterval, TimeSpan.FromMilliseconds(20));
    private readonly Due _countsDue = new(clocks, options.CountInterval, TimeSpan.FromMilliseconds(20));
    private readonly ChannelTroubles _troubles = new(clocks);
    private readonly Lock _forgetting = new();
    private Dictionary<string, ChannelStatus> _states = new(StringComparer.Ordinal);
    private int _firstServed;

    /// <summary>Everything remembered was true of another connection.</summary>
    public void ForgetAll()
    {
        lock (_forgetting)
        {
            _memories.Clear();
            _presentDue.Now();
            _countsDue.Now();
        }
    }

    /// <summary>A command has changed what a channel does, its test is the same: states read before count no more.</summary>
    public void LookAgain() => _presentDue.Now();

    /// <summary>A command has changed what the channel does: nothing read before counts.</summary>
    public void Forget(ChannelAddress channel)
    {
        lock (_forgetting)
        {
            _memories.Remove(channel.Channel);
            _presentDue.Now();
        }
    }

    public async Task<BankReading> TurnAsync(NewareRoster roster, IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        if (_presentDue.Take() || !roster.Addresses.All(a => _states.ContainsKey(a.Channel)))
        {
            await ReadStatesAsync(roster, cursors, cancellationToken);
        }

        await ReadCountsAsync(roster, cursors, cancellationToken);
        var followed = new FollowedReading[cursors.Count];
        var budget = new TurnBudget(DownloadsPerTurn);
        int last = _firstServed;
        for (int i = 0; i < cursors.Count; i++)
        {
            int index = (i + _firstServed) % cursors.Count;
            last = budget.IsSpent ? last : index;
            followed[index] = await FollowAsync(roster, cursors[index], budget, cancellationToken);
        }

        _firstServed = budget.IsSpent ? last + 1 : 0;
        return new BankReading(States(roster), followed);
    }

    private async Task<FollowedReading> FollowAsync(
        NewareRoster roster, ChannelCursor cursor, TurnBudget budget, CancellationToken cancellationToken)
    {
        NewareChannel? channel = roster.Find(cursor.Channel);
        ChannelState state = _states.TryGetValue(cursor.Channel.Channel, out ChannelStatus? status) ? status.State : ChannelState.Unknown;
        ChannelMemory memory = MemoryOf(cursor.Channel);
        if (channel is null || state == ChannelState.Unknown || memory.Count is null)
        {
            return Away(cursor, null);
        }

        if (_troubles.IsHeldOff(cursor.Channel, out string? note))
        {
            return Away(cursor, note);
        }

        try
        {
            FollowedReading reading = await _follower.TurnAsync(cursor, channel, state, memory, budget, cancellationToken);
            _troubles.Served(cursor.Channel);
            return reading;
        }
        catch (DeviceFaultException fault) when (fault.Kind == FaultKind.Protocol)
        {
            _troubles.Failed(cursor.Channel, fault);
            throw; // the connection begins anew, without this channel if that does not help
        }
    }

    private static FollowedReading Away(ChannelCursor cursor, string? note) =>
        new(cursor.Channel, FollowOutcome.Away, [], [], note is null ? [] : [note], cursor.ResumeToken ?? FollowToken.Write(new FollowState()), false);

    private async Task ReadStatesAsync(NewareRoster roster, IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        Reply<PresentValues[]> reply = await requests.PresentAsync(roster.Online, cancellationToken);
        var states = new Dictionary<string, ChannelStatus>(roster.Online.Count, StringComparer.Ordinal);
        for (int i = 0; i < roster.Online.Count; i++)
        {
            ChannelStatus status = NewareStatus.Of(roster.Addresses[i], reply.Value[i], reply.ReceivedAtUtc, options);
            states[status.Channel.Channel] = status with { TestId = KnownTestId(status.Channel) };
        }

        _states = states;
        foreach (ChannelCursor cursor in cursors)
        {
            MeasureOffset(roster, cursor, reply);
        }
    }

    private void MeasureOffset(NewareRoster roster, ChannelCursor cursor, Reply<PresentValues[]> reply)
    {
        int index = roster.IndexOf(cursor.Channel);
        if (index >= 0 && reply.Value[index] is { TestSeconds: > 0 and var seconds } values
            && NewareProtocol.StateOf(values.State) == ChannelState.Running)
        {
            MemoryOf(cursor.Channel).Offset.Add(reply.MiddleUtc, reply.ReceivedAtUtc - reply.SentAtUtc, seconds);
        }
    }

    private async Task ReadCountsAsync(NewareRoster roster, IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        List<ChannelCursor> present = [.. cursors.Where(c => roster.Find(c.Channel) is not null)];
        bool due = _countsDue.Take();
        if (present.Count == 0 || (!due && present.TrueForAll(c => MemoryOf(c.Channel).Count is not null)))
        {
            return;
        }

        NewareChannel[] asked = [.. present.Select(c => roster.Find(c.Channel)!)];
        StoredCount[] counts = await requests.CountsAsync(asked, NewareProtocol.PresentTest, cancellationToken);
        for (int i = 0; i < counts.Length; i++)
        {
            MemoryOf(present[i].Channel).Count = counts[i];
            if (_states.TryGetValue(present[i].Channel.Channel, out ChannelStatus? status))
            {
                _states[present[i].Channel.Channel] = status with { TestId = KnownTestId(present[i].Channel) };
            }
        }
    }

    private ChannelMemory MemoryOf(ChannelAddress channel)
    {
        lock (_forgetting)
        {
            if (!_memories.TryGetValue(channel.Channel, out ChannelMemory? memory))
            {
                memory = new ChannelMemory();
                _memories.Add(channel.Channel, memory);
            }

            return memory;
        }
    }

    private string? KnownTestId(ChannelAddress channel) => MemoryOf(channel).Count?.TestId?.ToString(CultureInfo.InvariantCulture);

    private List<ChannelStatus> States(NewareRoster roster)
    {
        DateTimeOffset now = clocks.Lab.GetUtcNow();
        List<ChannelStatus> states = [.. roster.Addresses.Select(a => _states[a.Channel])];
        states.AddRange(roster.AbsentAddresses.Select(a => new ChannelStatus(a, ChannelState.Unknown, "absent", now)));
        return states;
    }
}
