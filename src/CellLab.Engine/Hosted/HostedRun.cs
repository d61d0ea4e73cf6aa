using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;

namespace CellLab.Engine.Hosted;

/// <summary>One test that the service steps: program, machine and what has to be stored. No device and no clock; the channel's lock covers it.</summary>
internal sealed class HostedRun
{
    private const double SecondsPerHour = 3600;

    private readonly StepMachine _machine;
    private readonly DateTimeOffset _began;
    private readonly HostedDeliveries _deliveries;
    private StepTurn _turn;
    private RecorderState _recorder;
    private StepNotes _step;
    private CellMeasurement? _before;
    private double _interval;

    /// <summary>A new test.</summary>
    public HostedRun(CellProgram program, string testId, string? barcode, DateTimeOffset beganAtLab)
    {
        (Program, TestId, Barcode, _began) = (program, testId, barcode, beganAtLab);
        _machine = new StepMachine(program);
        _turn = _machine.Start(0);
        _deliveries = new HostedDeliveries(null, 0);
    }

    private HostedRun(ChannelCursor cursor, string token)
    {
        (Program, TestId) = (cursor.Program, cursor.TestId);
        HostedToken stored = HostedToken.Parse(token);
        _machine = new StepMachine(cursor.Program);
        (_began, _recorder, _step, HeldBecause) = (stored.BeganAtUtc, stored.Recorder, stored.Step, stored.HeldBecause);
        _turn = new StepTurn(stored.Machine, SetPoint.OpenCircuit, null, null);
        _deliveries = new HostedDeliveries(token, stored.Turn);
    }

    /// <summary>A test as it was last stored. What the output has done since then is not known: a running one is held.</summary>
    public static HostedRun TakenOver(ChannelCursor cursor, string heldBecause, DateTimeOffset nowAtLab)
    {
        HostedRun run = cursor.ResumeToken is { } token
            ? new HostedRun(cursor, token)
            : new HostedRun(cursor.Program, cursor.TestId, null, nowAtLab); // killed before its first row was stored
        if (run.IsStepping)
        {
            run.Hold(heldBecause);
        }

        return run;
    }

    public CellProgram Program { get; }

    public string TestId { get; }

    /// <summary>Not known of a test taken over from the journal.</summary>
    public string? Barcode { get; }

    public MachinePhase Phase => _turn.State.Phase;

    /// <summary>A person has ended it.</summary>
    public bool IsStopped { get; private set; }

    public bool IsStepping => Phase == MachinePhase.Running && !IsStopped;

    public SetPoint SetPoint => IsStepping ? StartRules.Bounded(_turn.SetPoint, Program.Limits) : SetPoint.OpenCircuit;

    public string? HeldBecause { get; private set; }

    /// <summary>Which limit ended it.</summary>
    public string? LimitText => _turn.State.StopText;

    public int StepCount => _turn.State.StepCount;

    public int StepNumber => _machine.Walk(_turn.State).Current?.Number ?? 0;

    /// <summary>Lab seconds after which the output should be looked at again.</summary>
    public double NextLookSeconds { get; private set; }

    /// <summary>Rows that wait to be stored.</summary>
    public int Unstored => _deliveries.Rows;

    /// <summary>Plays one measurement.</summary>
    /// <param name="shortest">Interval below which the device should not be asked, lab s.</param>
    public void Take(in SourceReading reading, double shortest)
    {
        CellMeasurement now = At(reading);
        CellMeasurement? before = _before;
        Adopt(_machine.Next(_turn.State, now), now, reading.TakenAtUtc);
        Plan(before, now, shortest);
    }

    /// <summary>Opens the circuit in mid-step; the stretch up to this measurement still counts.</summary>
    public void Pause(in SourceReading reading)
    {
        CellMeasurement now = At(reading);
        Adopt(_machine.Pause(_turn.State, now), now, reading.TakenAtUtc);
        _step = _step with { Paused = true };
        _deliveries.Touch();
    }

    /// <summary>As a pause, but nobody knows what has flowed since the last measurement: nothing is counted for it.</summary>
    public void Hold(string because)
    {
        if (Phase == MachinePhase.Running)
        {
            StepMachineState state = _turn.State;
            _turn = new StepTurn(state with { Phase = MachinePhase.Paused, PausedAtSeconds = state.CountedToSeconds }, SetPoint.OpenCircuit, null, null);
            _step = _step with { Paused = true };
        }

        HeldBecause = because;
        _deliveries.Note($"held at open circuit: {because}");
    }

    /// <summary>Goes on with what is left of the step.</summary>
    public void Resume(DateTimeOffset atLab)
    {
        _turn = _machine.Resume(_turn.State, Math.Max(Seconds(atLab), _turn.State.CountedToSeconds));
        (HeldBecause, _before, _interval, NextLookSeconds) = (null, null, 0, 0);
        _deliveries.Touch();
    }

    /// <summary>The output does what the step asks for from now on: a step that nothing has been measured of begins here. Until then it did what the
    /// step before asked for.</summary>
    public void Driven(DateTimeOffset atLab)
    {
        StepMachineState state = _turn.State;
        if (IsStepping && state.LastVolts is null)
        {
            var waiting = state with { Phase = MachinePhase.Paused, PausedAtSeconds = state.CountedToSeconds };
            _turn = _machine.Resume(waiting, Math.Max(Seconds(atLab), state.CountedToSeconds));
        }
    }

    public void Stop()
    {
        IsStopped |= Phase is MachinePhase.Running or MachinePhase.Paused;
        _deliveries.Touch();
    }

    public void Note(string text) => _deliveries.Note(text);

    public FollowedReading Deliver(ChannelAddress channel, string? storedToken, FollowOutcome outcome) => _deliveries.Deliver(
        channel, storedToken, outcome, turn => new HostedToken(turn, _began, _turn.State, _recorder, _step, HeldBecause).ToText());

    /// <summary>Whether the journal's token is one that this run has given out: else the journal is right and this memory is not.</summary>
    public bool Knows(string? storedToken) => _deliveries.Knows(storedToken);

    private void Adopt(StepTurn next, in CellMeasurement now, DateTimeOffset takenAt)
    {
        StepMachineState before = _turn.State;
        StepMachineState counted = next.State;
        if (next.Ended is null && counted.LastVolts is null && counted.Phase == MachinePhase.Running)
        {
            _turn = next;
            return; // taken at the moment of a switch: it shows what was before
        }

        CountEnergy(before, now);
        ProgramStep step = next.Ended?.Step ?? _machine.Walk(counted).Current!;
        int count = next.Ended?.StepCount ?? counted.StepCount;
        double ampereHours = next.Ended?.AmpereHours ?? counted.StepAmpereHours;
        bool outside = LimitCheck.Passed(Program.Limits, now.VoltageVolts, now.CurrentAmperes, ampereHours) is not null;
        if (HostedRecorder.Keeps(step.Record ?? Program.Record, _recorder, count, now, next.Ended is not null || counted.Phase != MachinePhase.Running, outside))
        {
            Keep(step, count, before, ampereHours, now, takenAt);
        }

        if (next.Ended is { } ended)
        {
            End(ended, before.StepStartSeconds);
        }

        NoteLimit(next.State);

        _turn = next;
        _before = next.Ended is null ? now : null;
    }

    /// <param name="before">Of the same step.</param>
    private void Keep(ProgramStep step, int count, StepMachineState before, double ampereHours, in CellMeasurement now, DateTimeOffset takenAt)
    {
        _recorder = new RecorderState(_recorder.Number + 1, count, now.TimeSeconds, now.VoltageVolts, now.CurrentAmperes);
        _step = _step.FirstRecord == 0 ? _step with { FirstRecord = _recorder.Number } : _step;
        _deliveries.Add(new InstrumentRecord(
            _recorder.Number, count, step.Number, StepKinds.Of(step), now.TimeSeconds - before.StepStartSeconds, now.TimeSeconds, Provisional: false, takenAt, takenAt,
            now.VoltageVolts, now.CurrentAmperes, Math.Abs(ampereHours), Math.Abs(_step.WattHours), InstrumentCycle: null) { StepsLeftOut = before.Skipped });
    }

    /// <summary>The step's length ends where, by a straight line, its end was crossed. The parts of an interrupted step do not lie side by side:
    /// its rows tell.</summary>
    private void End(StepEnding ended, double stepStart)
    {
        if (!_step.Paused)
        {
            _deliveries.Add(new StepTime(
                ended.StepCount, ended.Step.Number, stepStart, ended.CrossedAtSeconds - stepStart, _step.FirstRecord, _recorder.Number));
        }

        if (ended.Left is { } left)
        {
            _deliveries.Note($"the repeat '{left.Loop.Block}' is left after pass {left.Pass}: {left.Why}");
        }

        (_step, _interval) = (default, 0);
    }

    private void NoteLimit(StepMachineState state)
    {
        if (state is { Phase: MachinePhase.LimitPassed, StopText: { } text })
        {
            _deliveries.Note($"ended at open circuit: {text}");
        }
    }

    private void CountEnergy(StepMachineState before, in CellMeasurement now)
    {
        double seconds = now.TimeSeconds - before.CountedToSeconds;
        double watts = now.VoltageVolts * now.CurrentAmperes;
        double earlier = before is { LastVolts: { } volts, LastAmperes: { } amperes } ? volts * amperes : watts;
        _step = _step with { WattHours = _step.WattHours + ((earlier + watts) / 2 * seconds / SecondsPerHour) };
    }

    /// <param name="before">The measurement before this one; of the same step when that goes on.</param>
    private void Plan(CellMeasurement? before, in CellMeasurement now, double shortest)
    {
        if (!IsStepping || _before is null)
        {
            (_interval, NextLookSeconds) = (shortest, shortest);
            return;
        }

        ProgramStep step = _machine.Walk(_turn.State).Current!;
        _interval = HostedPace.Next(Program, step, before, now, _interval, shortest);
        double due = Math.Min(_turn.DueAtSeconds ?? double.MaxValue, HostedRecorder.DueAt(step.Record ?? Program.Record, _recorder)) - now.TimeSeconds;
        NextLookSeconds = Math.Max(0, Math.Min(_interval, due));
    }

    /// <summary>Lab time of a real clock may be set back; a test's time may not.</summary>
    private CellMeasurement At(in SourceReading reading) =>
        new(Math.Max(Seconds(reading.TakenAtUtc), _turn.State.CountedToSeconds), reading.VoltageVolts, reading.CurrentAmperes);

    private double Seconds(DateTimeOffset lab) => (lab - _began).TotalSeconds;
}
