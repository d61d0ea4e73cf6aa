using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>A test in execution on one cell: plays the program by itself in lab time. Its owner's lock covers it.</summary>
internal sealed class TestRun
{
    private readonly SimulatedCell _cell;
    private readonly Regulator _regulator;
    private readonly double _capSeconds;
    private ProgramCounter _counter;
    private StepProgress _step = null!; // the constructor's Go sets it

    public TestRun(BtsTest test, SimulatedCell cell, Meter meter, double capSeconds)
    {
        Test = test;
        _cell = cell;
        _regulator = new Regulator(cell, meter);
        _capSeconds = capSeconds;
        _counter = new ProgramCounter(test.Program);
        Now = test.StartSeconds;
        test.Log.Add(new BtsLogLine(BtsLogCode.Started, Now));
        Go(test.Program.StartStep);
    }

    public BtsTest Test { get; }

    public RunState State { get; private set; } = RunState.Working;

    /// <summary>Lab seconds up to which the cell has been advanced.</summary>
    public double Now { get; private set; }

    public StepProgress Step => _step;

    public int Cycle => _counter.Cycle;

    /// <summary>A reserved pause: cycle and step, -1 for any.</summary>
    public (int Cycle, int Step)? ReservedPause { get; set; }

    /// <summary>Advances in whole strides as far as they end by this time.</summary>
    public void AdvanceTo(double seconds)
    {
        while (State == RunState.Working)
        {
            double stride = StridePlanner.Next(_step, _cell, _capSeconds);
            if (Now + stride > seconds)
            {
                return;
            }

            Take(stride);
        }
    }

    /// <summary>Voltage reading as it is now, between two strides.</summary>
    public double LookVolts(double seconds, Meter meter) => State == RunState.Working && !_step.AtVoltage && seconds > Now
        ? meter.ShownVolts(_cell.Look(seconds - Now, _step.TrueMilliamperes))
        : _step.Volts;

    /// <summary>Ends the test from outside at this time: stop, protection, mains.</summary>
    public void End(double seconds, RunState state, int logCode)
    {
        Catch(seconds);
        if (!State.IsOver())
        {
            Close(state, logCode);
        }
    }

    public void Pause(double seconds)
    {
        Catch(seconds);
        if (State == RunState.Working)
        {
            Record();
            State = RunState.Pause;
            Test.Log.Add(new BtsLogLine(BtsLogCode.Paused, Now));
        }
    }

    /// <summary>Goes on from a pause; the pause is not in the step's time.</summary>
    public void Continue(double seconds, int logCode = BtsLogCode.Continued)
    {
        Now = seconds;
        State = RunState.Working;
        Test.EndSeconds = null;
        Test.Log.Add(new BtsLogLine(logCode, Now));
        _step.LastStride = 0;
        if (_step.Step.Type == BtsStepType.Pause)
        {
            Leave();
            Go(_step.Step.Id + 1);
        }
    }

    /// <summary>Leaves the running step for another one.</summary>
    public void GoTo(double seconds, int id)
    {
        Catch(seconds);
        if (State == RunState.Working)
        {
            Leave();
            Go(id);
        }
    }

    /// <summary>Takes another program and begins it with its first step.</summary>
    public void Replace(double seconds, BtsProgram program)
    {
        Catch(seconds);
        if (State == RunState.Working)
        {
            Leave();
            Test.Program = program;
            _counter = new ProgramCounter(program);
            Go(program.StartStep);
        }
    }

    /// <summary>Advances to exactly this time, breaking the stride: something happens from outside.</summary>
    private void Catch(double seconds)
    {
        AdvanceTo(seconds);
        if (State == RunState.Working && seconds - Now >= StridePlanner.ShortestSeconds)
        {
            Take(seconds - Now);
        }
    }

    private void Take(double stride)
    {
        double before = _step.Elapsed;
        bool endedByVoltage = _regulator.Stride(_step, stride);
        double taken = _step.Elapsed - before;
        Now += taken;
        Test.RunSeconds += taken;
        if (endedByVoltage || HasEnded())
        {
            Leave();
            Go(_step.Step.Id + 1);
        }
        else if (IsProtected())
        {
            Close(RunState.Protect, BtsLogCode.Protected);
        }
        else if (_step.Step.Conditions.FirstOrDefault(c => c.IsMet(_step.Volts, _step.Milliamperes, _step.Elapsed)) is { } condition)
        {
            Jump(condition.Jump);
        }
        else if (_step.IsRecordDue())
        {
            Record();
        }
    }

    private void Jump(int line)
    {
        switch (line)
        {
            case BtsCondition.Stop:
                Close(RunState.Stop, BtsLogCode.Stopped);
                break;
            case BtsCondition.Protect:
                Close(RunState.Protect, BtsLogCode.Protected);
                break;
            case BtsCondition.Finish:
                Close(RunState.Finish, BtsLogCode.Finished);
                break;
            default:
                Leave();
                Go(line == BtsCondition.Next ? _step.Step.Id + 1 : line);
                break;
        }
    }

    private bool HasEnded()
    {
        BtsStep step = _step.Step;
        return _step.Elapsed >= step.Seconds - 1e-6
            || _step.MilliampereSeconds >= step.MilliampereSeconds * (1 - 1e-9)
            || (_step.AtVoltage && Math.Abs(_step.Milliamperes) <= step.StopMilliamperes)
            || (step.Type == BtsStepType.VoltageScan && _step.Elapsed >= ScanSeconds(step) - 1e-6);
    }

    private static double ScanSeconds(BtsStep step) => step.Slopes.Sum(s => Math.Abs(s.EndVolts - s.StartVolts) / s.VoltsPerSecond);

    private bool IsProtected()
    {
        BtsProtection limits = _step.Step.Protection;
        if (!limits.IsPassedBy(_step.Volts, _step.Milliamperes, _step.MilliampereSeconds))
        {
            _step.PassedSince = null;
            return false;
        }

        _step.PassedSince ??= _step.Elapsed;
        return _step.Elapsed - _step.PassedSince >= limits.DelaySeconds - 1e-6;
    }

    private void Go(int id)
    {
        _step = Enter(id);
        if (_step.Step.Type == BtsStepType.End)
        {
            Finish(RunState.Finish, BtsLogCode.Finished);
        }
        else if (_step.Step.Type == BtsStepType.Pause || IsPauseReserved())
        {
            ReservedPause = null;
            State = RunState.Pause;
            Test.Log.Add(new BtsLogLine(BtsLogCode.Paused, Now));
        }
    }

    private bool IsPauseReserved() => ReservedPause is (int cycle, int step)
        && (cycle < 0 || cycle == _counter.Cycle) && (step < 0 || step == _step.Step.Id);

    private StepProgress Enter(int id)
    {
        BtsStep step = _counter.Resolve(id);
        var progress = new StepProgress(step, ChannelLimits.Range(step, _cell.Parallel) ?? ChannelLimits.Largest(_cell.Parallel));
        if (step.Type == BtsStepType.End)
        {
            return progress;
        }

        Test.Steps.Add(new ExecutedStep
        {
            Index = Test.Steps.Count + 1, Step = step, Cycle = _counter.Cycle, FirstSequence = Test.Records.Count + 1,
        });
        _regulator.Begin(progress);
        _step = progress;
        Record();
        return progress;
    }

    private void Record()
    {
        if (_step.RecordedAt == _step.Elapsed)
        {
            return;
        }

        Test.Records.Add(new BtsRecord(
            Test.Steps.Count - 1,
            (uint)Math.Round(_step.Elapsed * 1e3),
            (int)Math.Floor(Now),
            _step.Volts,
            _step.Milliamperes * 1e-3,
            _step.MilliampereSeconds / 3.6e6,
            _step.MilliwattSeconds / 3.6e6));
        _step.Recorded();
    }

    /// <summary>Last record and step-layer line of the running step.</summary>
    private void Leave()
    {
        Record();
        ExecutedStep line = Test.Steps[^1];
        line.LastSequence = Test.Records.Count;
        line.Seconds = _step.Elapsed;
        line.EndSeconds = Now;
        line.AmpereHours = _step.MilliampereSeconds / 3.6e6;
        line.WattHours = _step.MilliwattSeconds / 3.6e6;
        line.Ended = true;
    }

    private void Close(RunState state, int logCode)
    {
        Leave();
        Finish(state, logCode);
    }

    private void Finish(RunState state, int logCode)
    {
        State = state;
        Test.EndSeconds = Now;
        Test.Log.Add(new BtsLogLine(logCode, Now));
    }
}
