using System.Collections.Immutable;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;
using CellLab.Core.Triggers.Rules;
using CellLab.Engine.Alarms;
using CellLab.Engine.Setup;

namespace CellLab.Engine.Triggers;

/// <summary>Plays the handshake: gives what happens to <see cref="TriggerMachine"/>, stores what it answers, and does it.</summary>
internal sealed class TriggerStationKeeper(TriggerRunParts parts, TriggerPlan plan, TriggerBook book, PatternFileSearch files)
{
    /// <summary>Looking for a file, or for a link that is down; wall time.</summary>
    public static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan s_waitForLink = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_armAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_shortestLate = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_unknownExposure = TimeSpan.FromDays(1);

    private readonly Handshake _handshake = new(parts.Clocks);
    private readonly InterruptedTrigger _interrupted = new(book, files);
    private TriggerStation _station = TriggerStation.New(parts.Clocks.Lab.GetUtcNow(), TimeSpan.Zero);
    private TriggerSettings _settings = new() { Exposure = plan.ExposureSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : s_unknownExposure, AcknowledgeWithin = parts.Timings.TriggerAcknowledgement };
    private long? _armedAtWall;

    /// <summary>Readable from any task.</summary>
    public TriggerState State => _station.State;

    public bool IsIdle => _station is { Current: null, Waiting.IsEmpty: true };

    public bool NeedsPoll => _station.State is TriggerState.Triggered or TriggerState.Exposing or TriggerState.Overrun or TriggerState.Readout or TriggerState.Fault
        || !_station.Waiting.IsEmpty;

    public TimeSpan PollPause => _station.State == TriggerState.Fault ? SlowPause : parts.Line.PollPause;

    /// <summary>Null where neither the protocol nor the instrument says.</summary>
    public TimeSpan? Exposure => _settings.Exposure == s_unknownExposure ? null : _settings.Exposure;

    public bool JobOver { get; set; }

    /// <summary>The file that the instrument named last.</summary>
    public string? ToldFile { get; private set; }

    /// <summary>A pulse without a receipt is never repeated; an exposure that ran goes on being followed, and one that has ended meanwhile is known by its file.</summary>
    public async Task RestoreAsync(Func<Task> commit, CancellationToken stopping)
    {
        TriggerIntent? current = _interrupted.Take();
        _station = TriggerStation.New(parts.Clocks.Lab.GetUtcNow(), _handshake.Wall) with
        {
            Fired = [.. book.All.Where(intent => intent.Fate != TriggerFate.Waiting).Select(intent => intent.Id)],
            Waiting = ImmutableQueue.CreateRange(book.Open.Where(intent => intent.Fate == TriggerFate.Waiting).Select(
                intent => new WaitingTrigger(intent.Id, intent.Policy, intent.Times.Sample!.AtUtc))),
            Missed = book.Counts.Missed,
            Holding = TriggerHold.IsHeld(parts.Job),
        };
        if (current is not null)
        {
            await commit();
            TriggerReading? first = await parts.Line.FirstReadingAsync(s_waitForLink, stopping);
            Continue(current, first);
            await commit();
        }
    }

    private void Continue(TriggerIntent current, TriggerReading? first)
    {
        UseTraits();
        PatternInstant? free = first?.Busy == false ? PatternDesk.Stamp(parts.Clocks, first.ReadAtUtc) : null;
        bool exposes = current.Fate == TriggerFate.Exposing;
        if (first is null || (!exposes && (_settings.OpenLoop || (free is not null && first.LastId == current.Id))))
        {
            _interrupted.Miss(current.Id, free);
            book.Change(current.Id, intent => first?.LastId == intent.Id ? InterruptedTrigger.Over(intent, free) : intent);
            return;
        }

        book.Change(current.Id, intent => intent with { Times = intent.Times with { SeenFree = free } });
        _station = _station with
        {
            Current = current.Id,
            State = exposes ? TriggerState.Exposing : TriggerState.Triggered,
            Since = exposes ? PatternExposure.StartOf(current)!.AtUtc : parts.Clocks.Lab.GetUtcNow(),
            SinceWall = _handshake.Wall,
        };
    }

    /// <summary>Gets the instrument ready when it is not. After two pulses without an exposure only a person does that.</summary>
    public async Task ArmIfDueAsync(bool byHand, Func<Task> commit)
    {
        bool locked = _station.NotAcknowledged >= TriggerMachine.MostNotAcknowledged && !byHand;
        bool soon = !byHand && _armedAtWall is { } last && parts.Clocks.Wall.GetElapsedTime(last) < s_armAgain;
        if (_station.State is not (TriggerState.Disarmed or TriggerState.Fault) || locked || soon)
        {
            return;
        }

        _armedAtWall = parts.Clocks.Wall.GetTimestamp();
        try
        {
            TriggerArming arming = await parts.Line.ArmAsync(new TriggerRun(parts.Job.Id.Short, plan.Program));
            UseTraits();
            _settings = arming.Exposure is { } told ? _settings with { Exposure = told } : _settings;
            await SignalAsync((lab, wall) => new ArmingChanged(true, lab, wall), commit);
            await parts.Alarms.ClearAsync(AlarmIds.Trigger(parts.Job.Id));
        }
        catch (DeviceFaultException fault)
        {
            Log.NotArmed(parts.Logger, parts.Job.Id, fault.Message);
        }
    }

    /// <param name="newestAtUtc">Of the rows that are here: a condition that they have left far behind was found too late.</param>
    public async Task WantAsync(TriggerIntent intent, TriggerSpec spec, DateTimeOffset newestAtUtc, Func<Task> commit)
    {
        _settings = _settings with
        {
            MinimumInterval = TimeSpan.FromSeconds(spec.Guards.MinimumIntervalSeconds ?? 1),
            LongestQueued = TimeSpan.FromSeconds(spec.MaxAgeSeconds ?? new TriggerSettings { Exposure = default }.LongestQueued.TotalSeconds),
        };
        if (IsStale(intent, newestAtUtc))
        {
            Miss(intent.Id, TriggerWords.Of(DropReason.TooOld));
            await commit();
            return;
        }

        await SignalAsync((lab, wall) => new TriggerWanted(intent.Id, intent.Policy, lab, wall), commit);
    }

    public async Task PollAsync(Func<Task> commit)
    {
        TriggerReading reading;
        try
        {
            reading = await parts.Line.ReadAsync();
        }
        catch (DeviceFaultException fault)
        {
            if (_station.State != TriggerState.Fault)
            {
                Log.NotArmed(parts.Logger, parts.Job.Id, fault.Message);
                await SignalAsync((lab, wall) => new LinkChanged(false, lab, wall), commit);
            }

            return;
        }

        if (_station.State == TriggerState.Fault && reading.Fault is null)
        {
            await SignalAsync((lab, wall) => new LinkChanged(true, lab, wall), commit);
            await ArmIfDueAsync(byHand: false, commit);
        }

        ToldFile = reading.LastFile ?? ToldFile;
        LevelsRead levels = _handshake.Read(reading);
        await SignalAsync((_, _) => levels, commit);
    }

    public async Task ReleaseAsync()
    {
        try
        {
            await parts.Line.ReleaseAsync();
        }
        catch (DeviceFaultException fault)
        {
            Log.NotArmed(parts.Logger, parts.Job.Id, fault.Message);
        }
    }

    /// <summary>Beside the allowed age a record may be as late as its interval and its fetching make it, and never less than 2 s of wall time.</summary>
    private bool IsStale(TriggerIntent intent, DateTimeOffset newestAtUtc)
    {
        if (intent.Requested is null || intent.By is not null)
        {
            return false;
        }

        TimeSpan allowed = _settings.LongestQueued + TimeSpan.FromSeconds(2 * parts.Job.Program.LongestIntervalSeconds);
        return newestAtUtc - intent.Requested.AtUtc > Longer(allowed, s_shortestLate * parts.Clocks.Lab.Speed);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void UseTraits() => _settings = _settings with
    {
        OpenLoop = parts.Line.Traits.Acknowledgement == TriggerAcknowledgement.None, TellsReady = parts.Line.Traits.TellsReady,
    };

    private async Task SignalAsync(Func<DateTimeOffset, TimeSpan, TriggerSignal> make, Func<Task> commit)
    {
        TriggerSignal? signal = make(parts.Clocks.Lab.GetUtcNow(), _handshake.Wall);
        while (signal is not null)
        {
            (_station, IReadOnlyList<TriggerEffect> effects) = TriggerMachine.Next(_station, signal, _settings);
            foreach (TriggerEffect effect in effects)
            {
                Note(effect);
            }

            if (effects.Count > 0 || signal is TriggerWanted)
            {
                await commit();
            }

            await DoAsync(effects, commit);
            signal = effects.OfType<FirePulse>().FirstOrDefault() is { } fire ? await FireAsync(fire.Id, commit) : null;
        }
    }

    private void Note(TriggerEffect effect)
    {
        switch (effect)
        {
            case FirePulse fire:
                book.Change(fire.Id, intent => intent with
                {
                    Fate = TriggerFate.Firing, Queued = fire.Queued, ExposureExpectedSeconds = Exposure?.TotalSeconds, Times = intent.Times with { Stored = Now() },
                    FilesUntilUtc = files.BeforePulse(book.Open.Where(earlier => earlier.Sought || earlier.Fate == TriggerFate.Exposed)),
                });
                break;
            case TriggerDropped dropped:
                Miss(dropped.Id, dropped.Reason == DropReason.Refused ? book.Find(dropped.Id).Reason ?? TriggerWords.Of(dropped.Reason) : TriggerWords.Of(dropped.Reason));
                break;
            case ExposureBegan began when IsUnderWay(began.Id):
                Begin(began);
                break;
            case ExposureEnded ended when IsUnderWay(ended.Id):
                book.Change(ended.Id, intent => End(intent, ended));
                break;
            case NotAcknowledged lost when book.Find(lost.Id).StartUnseen:
                _interrupted.Miss(lost.Id, Now());
                _station = _station with { NotAcknowledged = 0 }; // nobody looked when it could have been seen
                break;
            case NotAcknowledged lost:
                book.Change(lost.Id, intent => intent with { Fate = TriggerFate.NotAcknowledged, Reason = "no exposure was seen" });
                book.Tell($"{lost.Id}: the pulse was sent, no exposure was seen");
                break;
            case PatternLost lost when book.Find(lost.Id) is { StartUnseen: true, Fate: not TriggerFate.Exposing }:
                _interrupted.Miss(lost.Id, null);
                break;
            case PatternLost lost:
                book.Change(lost.Id, intent => intent with { Fate = intent.Fate == TriggerFate.Exposing ? TriggerFate.Exposed : TriggerFate.Lost, Reason = lost.Why });
                book.Tell($"{lost.Id}: the exposure cannot be followed any more: {lost.Why}");
                break;
        }
    }

    /// <summary>Not so when a file has shown meanwhile that it is over.</summary>
    private bool IsUnderWay(string id) => book.Find(id).Fate is not (TriggerFate.Exposed or TriggerFate.Recorded);

    private void Begin(ExposureBegan began)
    {
        book.Change(began.Id, intent => intent with
        {
            Fate = TriggerFate.Exposing, Acknowledged = began.Acknowledged, Sought = false,
            Times = intent.Times with { SeenFree = null, BusyOn = intent.StartUnseen ? null : began.Acknowledged ? _handshake.Rose ?? Now() : intent.Times.OutAck ?? Now() },
        });
        if (book.Find(began.Id) is { StartUnseen: true } intent)
        {
            _station = _station with { Since = PatternExposure.StartOf(intent)!.AtUtc }; // it has run since its pulse
        }
    }

    /// <summary>Without a busy signal the clock ends it; an end that nobody saw has only an upper bound.</summary>
    private TriggerIntent End(TriggerIntent intent, ExposureEnded ended)
    {
        TimeSpan took = Exposure is { } expected && expected < ended.Took ? expected : ended.Took;
        PatternInstant? end = intent.Acknowledged ? _handshake.Fell : intent.Times.BusyOn! with { AtUtc = intent.Times.BusyOn!.AtUtc + took };
        return intent with
        {
            Fate = TriggerFate.Exposed, Short = ended.Short && Exposure is not null, Overrun = ended.Overrun,
            Times = intent.Times with { BusyOff = end, SeenFree = end is null ? intent.Times.SeenFree ?? Now() : null },
        };
    }

    private async Task DoAsync(IReadOnlyList<TriggerEffect> effects, Func<Task> commit)
    {
        foreach (TriggerAlarm alarm in effects.OfType<TriggerAlarm>())
        {
            await TellAlarmAsync(alarm.Text);
        }

        if (JobOver && effects.OfType<TriggerAlarm>().Any())
        {
            await commit(); // what was told by now must not wait for the end of an exposure that does not end
        }

        foreach (HoldCell hold in effects.OfType<HoldCell>())
        {
            string? refused = await parts.Hold(parts.Job.Id, hold.Hold);
            book.Tell(refused is null ? hold.Hold ? "the cell is held for a pattern" : "the cell goes on" : $"the cell could not be {(hold.Hold ? "held" : "released")}: {refused}");
            await commit();
        }
    }

    /// <summary>After the end of the job it stands in the events alone: nobody has to act on it.</summary>
    private async Task TellAlarmAsync(string text)
    {
        if (JobOver)
        {
            book.Tell(text);
            return;
        }

        string then = parts.OnFailure switch { GasLoss.Hold => "The job is held, as its pipeline says", GasLoss.Stop => "The job is stopped, as its pipeline says", _ => "Cycling goes on" };
        await parts.Alarms.RaiseAsync(AlarmIds.Trigger(parts.Job.Id), AlarmSeverity.Warning, $"Job {parts.Job.Id}: {text}. {then}", parts.Job.Id, parts.Line.Device.Value);
        if (parts.OnFailure != GasLoss.GoOn)
        {
            _ = Task.Run(() => parts.OnLost(parts.Job.Id, parts.OnFailure, text));
        }
    }

    /// <summary>The intent is stored: the pulse, once. A store that took its time (a full disk) may have made it too late.</summary>
    private async Task<TriggerSignal> FireAsync(string id, Func<Task> commit)
    {
        TriggerIntent intent = book.Find(id);
        TimeSpan storing = parts.Clocks.Lab.GetUtcNow() - intent.Times.Stored!.AtUtc;
        if (storing > Longer(_settings.LongestQueued, parts.Timings.SlowestStore * parts.Clocks.Lab.Speed))
        {
            book.Change(id, missed => missed with { Reason = $"{TriggerWords.Of(DropReason.TooOld)}: it took {storing.TotalSeconds:0} s to store it" });
            return new PulseTold(id, Sent: false, parts.Clocks.Lab.GetUtcNow(), _handshake.Wall);
        }

        _handshake.Begin();
        try
        {
            TriggerReceipt receipt = await parts.Line.FireAsync(new TriggerRequest(id, TriggerWords.Metadata(parts.Job, intent)));
            book.Change(id, sent => sent with
            {
                Fate = TriggerFate.Sent,
                Outcome = receipt.Outcome,
                PulseUncertaintySeconds = receipt.Uncertainty.TotalSeconds,
                Times = sent.Times with
                {
                    Out = PatternDesk.Stamp(parts.Clocks, receipt.SentAtUtc), OutAck = receipt.AnsweredAtUtc is { } answered ? PatternDesk.Stamp(parts.Clocks, answered) : null,
                },
            });
            book.Tell($"{id} fired ({TriggerWords.Cause(intent)}){(intent.Queued ? ", after waiting" : "")}{(receipt.Note is { } note ? $": {note}" : "")}");
            await commit();
            return new PulseTold(id, Sent: true, parts.Clocks.Lab.GetUtcNow(), _handshake.Wall);
        }
        catch (DeviceFaultException refused)
        {
            book.Change(id, missed => missed with { Reason = $"{(refused.Kind == FaultKind.Unreachable ? TriggerWords.Of(DropReason.LinkDown) : TriggerWords.Of(DropReason.Refused))}: {refused.Message}" });
            return new PulseTold(id, Sent: false, parts.Clocks.Lab.GetUtcNow(), _handshake.Wall);
        }
    }

    private void Miss(string id, string reason)
    {
        book.Change(id, intent => intent with { Fate = TriggerFate.Missed, Reason = reason });
        book.Tell($"{id} missed ({TriggerWords.Cause(book.Find(id))}): {reason}");
    }

    private PatternInstant Now() => PatternDesk.Stamp(parts.Clocks, parts.Clocks.Lab.GetUtcNow());
}
