namespace CellLab.Core.Triggers;

/// <summary>The handshake with a diffractometer: station and signal in, station and effects out. No clock, no I/O. An id is handed out for one
/// pulse and never again, whatever follows.</summary>
public static class TriggerMachine
{
    /// <summary>So many pulses in a row without an exposure disarm.</summary>
    public const int MostNotAcknowledged = 2;

    public static (TriggerStation Station, IReadOnlyList<TriggerEffect> Effects) Next(TriggerStation station, TriggerSignal signal, TriggerSettings settings)
    {
        var move = new TriggerMove(station, signal, settings);
        switch (signal)
        {
            case TriggerWanted wanted:
                TriggerBacklog.Take(move, wanted);
                break;
            case ArmingChanged arming:
                Arm(move, arming.Armed);
                break;
            case PulseTold told:
                Told(move, told);
                break;
            case LevelsRead levels:
                Read(move, levels);
                break;
            case PatternDone when move.Station.State == TriggerState.Readout:
                move.Go(TriggerState.Armed);
                break;
            case LinkChanged link:
                Link(move, link.Up);
                break;
        }

        FollowTime(move);
        TriggerBacklog.Serve(move);
        TriggerBacklog.HoldOrRelease(move);
        return (move.Station, move.Effects);
    }

    private static void Arm(TriggerMove move, bool armed)
    {
        if (!armed)
        {
            move.Lose("disarmed");
            move.Go(TriggerState.Disarmed);
        }
        else if (move.Station.State is TriggerState.Disarmed or TriggerState.Fault)
        {
            move.Change(s => s with { NotAcknowledged = 0 });
            move.Go(TriggerState.Armed);
        }
    }

    private static void Told(TriggerMove move, PulseTold told)
    {
        if (move.Station.State != TriggerState.Triggered || move.Station.Current != told.Id)
        {
            return;
        }

        if (!told.Sent)
        {
            move.Drop(told.Id, DropReason.Refused);
            move.Change(s => s with { Current = null });
            move.Go(TriggerState.Armed);
        }
        else
        {
            move.Go(TriggerState.Triggered); // the time allowed for the acknowledgement begins with the answer
            if (move.Settings.OpenLoop)
            {
                Expose(move, acknowledged: false);
            }
        }
    }

    private static void Read(TriggerMove move, LevelsRead levels)
    {
        if (levels.Fault)
        {
            Fail(move, "the diffractometer reports a fault");
            return;
        }

        switch (move.Station.State)
        {
            case TriggerState.Triggered when levels.Busy == true:
                Expose(move, acknowledged: true);
                break;
            case TriggerState.Exposing or TriggerState.Overrun when levels.Busy == false:
                EndExposure(move);
                break;
            case TriggerState.Readout when levels is { Ready: true, Busy: not true }:
                move.Go(TriggerState.Armed);
                break;
            case TriggerState.Armed when levels.Ready == false || levels.Busy == true:
                move.Go(TriggerState.Readout); // taken by somebody else: armed again when ready
                break;
            case TriggerState.Readout when levels.Busy == true:
                move.Go(TriggerState.Readout); // its time begins when the exposure has ended
                break;
        }
    }

    private static void Link(TriggerMove move, bool up)
    {
        if (!up)
        {
            Fail(move, "the link to the diffractometer is down");
        }
        else if (move.Station.State == TriggerState.Fault)
        {
            move.Go(TriggerState.Disarmed);
        }
    }

    private static void Fail(TriggerMove move, string why)
    {
        if (move.Station.State is TriggerState.Fault or TriggerState.Disarmed)
        {
            move.Go(TriggerState.Fault);
            return;
        }

        move.Lose(why);
        move.Go(TriggerState.Fault);
        move.Add(new TriggerAlarm(why));
    }

    private static void Expose(TriggerMove move, bool acknowledged)
    {
        move.Change(s => s with { NotAcknowledged = 0, Overran = false });
        move.Go(TriggerState.Exposing);
        move.Add(new ExposureBegan(move.Station.Current!, acknowledged));
    }

    private static void EndExposure(TriggerMove move)
    {
        TriggerStation station = move.Station;
        TimeSpan took = move.Signal.LabUtc - station.Since;
        move.Add(new ExposureEnded(station.Current!, took, Short: took < move.Settings.ShortestExposure, station.Overran));
        move.Change(s => s with { Current = null });
        move.Go(TriggerState.Readout);
    }

    private static void FollowTime(TriggerMove move)
    {
        TriggerSettings settings = move.Settings;
        TimeSpan elapsed = move.Signal.LabUtc - move.Station.Since;
        switch (move.Station.State)
        {
            case TriggerState.Triggered when !settings.OpenLoop && move.Signal.Wall - move.Station.SinceWall >= settings.AcknowledgeWithin:
                GiveUp(move);
                break;
            case TriggerState.Exposing when settings.OpenLoop && elapsed >= settings.Exposure:
                EndExposure(move);
                break;
            case TriggerState.Exposing when !settings.OpenLoop && elapsed > settings.LongestExposure:
                move.Change(s => s with { State = TriggerState.Overrun, Overran = true }); // the exposure's own beginning stays
                move.Add(new TriggerAlarm($"exposure {move.Station.Current} runs for more than {settings.LongestExposure.TotalSeconds:0} s"));
                break;
            case TriggerState.Readout when !settings.TellsReady && elapsed >= settings.Readout:
                move.Go(TriggerState.Armed);
                break;
        }
    }

    private static void GiveUp(TriggerMove move)
    {
        move.Add(new NotAcknowledged(move.Station.Current!));
        move.Change(s => s with { Current = null, NotAcknowledged = s.NotAcknowledged + 1, Missed = s.Missed + 1 });
        bool enough = move.Station.NotAcknowledged >= MostNotAcknowledged;
        move.Go(enough ? TriggerState.Disarmed : TriggerState.Armed);
        if (enough)
        {
            move.Add(new TriggerAlarm($"{MostNotAcknowledged} triggers in a row started no exposure; disarmed. Check the trigger wire and the program on the diffractometer"));
        }
    }
}
