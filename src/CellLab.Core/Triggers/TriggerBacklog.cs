using System.Collections.Immutable;

namespace CellLab.Core.Triggers;

/// <summary>Triggers that come in: fired, kept or dropped.</summary>
internal static class TriggerBacklog
{
    public static void Take(TriggerMove move, TriggerWanted wanted)
    {
        if (move.Station.Fired.Contains(wanted.Id) || move.Station.Waiting.Any(w => w.Id == wanted.Id))
        {
            move.Drop(wanted.Id, DropReason.Repeated);
        }
        else if (Obstacle(move) is not DropReason obstacle)
        {
            Fire(move, new WaitingTrigger(wanted.Id, wanted.Policy, wanted.LabUtc), queued: false);
        }
        else
        {
            Keep(move, new WaitingTrigger(wanted.Id, wanted.Policy, wanted.LabUtc), obstacle);
        }
    }

    /// <summary>Drops what has grown too old, then fires the oldest if the way is free.</summary>
    public static void Serve(TriggerMove move)
    {
        foreach (WaitingTrigger waiting in move.Station.Waiting.Where(w => IsTooOld(move, w)))
        {
            move.Drop(waiting.Id, DropReason.TooOld);
        }

        move.Change(s => s with { Waiting = ImmutableQueue.CreateRange(s.Waiting.Where(w => !IsTooOld(move, w))) });
        if (!move.Station.Waiting.IsEmpty && Obstacle(move) is null)
        {
            WaitingTrigger next = move.Station.Waiting.Peek();
            move.Change(s => s with { Waiting = s.Waiting.Dequeue() });
            Fire(move, next, queued: true);
        }
    }

    /// <summary>The cell is held while a trigger waits or is out that asks for it, but not for an exposure that does not end.</summary>
    public static void HoldOrRelease(TriggerMove move)
    {
        TriggerStation station = move.Station;
        bool lasts = station.State == TriggerState.Overrun
            || (move.Settings.Exposure > move.Settings.LongestHold && move.Signal.LabUtc - station.LastPulse > move.Settings.LongestHold); // nobody knows how long it should be
        bool hold = (station.Current is not null && station.CurrentHolds && !lasts) || station.Waiting.Any(w => w.Policy == MissedPolicy.Hold);
        if (hold != station.Holding)
        {
            move.Add(new HoldCell(hold));
            move.Change(s => s with { Holding = hold });
        }
    }

    private static bool IsTooOld(TriggerMove move, WaitingTrigger waiting) =>
        move.Signal.LabUtc - waiting.RequestedAtUtc > (waiting.Policy == MissedPolicy.Hold ? move.Settings.LongestHold : move.Settings.LongestQueued);

    private static void Keep(TriggerMove move, WaitingTrigger trigger, DropReason obstacle)
    {
        if (trigger.Policy == MissedPolicy.Skip)
        {
            move.Drop(trigger.Id, obstacle);
            return;
        }

        if (trigger.Policy == MissedPolicy.QueueLatest)
        {
            foreach (WaitingTrigger older in move.Station.Waiting.Where(w => w.Policy == MissedPolicy.QueueLatest))
            {
                move.Drop(older.Id, DropReason.Replaced);
            }

            move.Change(s => s with { Waiting = ImmutableQueue.CreateRange(s.Waiting.Where(w => w.Policy != MissedPolicy.QueueLatest)) });
        }

        if (move.Station.Waiting.Count() >= TriggerSettings.MostQueued)
        {
            move.Drop(trigger.Id, obstacle);
            return;
        }

        move.Change(s => s with { Waiting = s.Waiting.Enqueue(trigger) });
    }

    private static void Fire(TriggerMove move, WaitingTrigger trigger, bool queued)
    {
        move.Change(s => s with { Current = trigger.Id, CurrentHolds = trigger.Policy == MissedPolicy.Hold, Fired = s.Fired.Add(trigger.Id), LastPulse = move.Signal.LabUtc });
        move.Go(TriggerState.Triggered);
        move.Add(new FirePulse(trigger.Id, trigger.RequestedAtUtc, queued));
    }

    private static DropReason? Obstacle(TriggerMove move) => move.Station.State switch
    {
        TriggerState.Disarmed => DropReason.NotArmed,
        TriggerState.Fault => DropReason.LinkDown,
        TriggerState.Armed => move.Station.LastPulse is { } last && move.Signal.LabUtc - last < move.Settings.MinimumInterval ? DropReason.RateLimit : null,
        _ => DropReason.Busy,
    };
}
