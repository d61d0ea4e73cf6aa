using CellLab.HardwareSim.MethodScript.Language;

namespace CellLab.HardwareSim.MethodScript.Running;

/// <summary>A script in execution. Plays by itself in lab time: <see cref="AdvanceTo"/> goes as far as the time allows. The cell place's gate covers it.</summary>
internal sealed class ScriptRun
{
    private enum Signal { None, Break, Abort }

    /// <summary>What one pass of a counting loop takes: a loop without end cannot stop the bench.</summary>
    private const double PassSeconds = 1e-3;

    private readonly Script _script;
    private readonly ScriptContext _context;
    private readonly ScriptMemory _memory;
    private readonly CommandRunner _commands;
    private readonly MeasurementRunner _measurements;
    private readonly Stack<string> _openLoops = new();
    private IEnumerator<double> _steps;
    private double _wake;
    private Signal _signal;
    private bool _leaveMeasurement;
    private double? _haltedAt;

    public ScriptRun(Script script, ScriptContext context, double startSeconds)
    {
        _script = script;
        _context = context;
        _memory = new ScriptMemory(script, startSeconds);
        _commands = new CommandRunner(context, _memory);
        _measurements = new MeasurementRunner(context, _memory, _commands);
        _wake = startSeconds;
        _steps = Whole().GetEnumerator();
    }

    public bool Ended { get; private set; }

    /// <summary>The line that is carried out.</summary>
    public int Line { get; private set; }

    /// <summary>The run-time error that ended it; null otherwise.</summary>
    public ScriptFault? Fault { get; private set; }

    public void AdvanceTo(double seconds)
    {
        while (!Ended && _haltedAt is null && _wake <= seconds)
        {
            _memory.Now = _wake;
            _context.Terminals.AdvanceTo(_wake);
            Step();
        }

        if (_haltedAt is not null)
        {
            _context.Terminals.AdvanceTo(seconds);
        }
    }

    /// <summary>Closes the open loops and runs what stands behind <c>on_finished:</c>.</summary>
    public void Abort(double seconds)
    {
        if (Ended)
        {
            return;
        }

        _haltedAt = null;
        _memory.Now = seconds;
        _context.Terminals.AdvanceTo(seconds);
        CloseLoops();
        _signal = Signal.None;
        _memory.Package = null;
        _steps = Finish().GetEnumerator();
        _wake = seconds;
        AdvanceTo(seconds);
    }

    /// <summary>Ends it with an error, as the instrument does by itself: the cell stays as it is.</summary>
    public void Fail(ScriptFault fault)
    {
        Fault = fault;
        Ended = true;
    }

    public void LeaveMeasurement() => _leaveMeasurement = true;

    public void Halt(double seconds)
    {
        AdvanceTo(seconds);
        _haltedAt ??= seconds;
    }

    public void Resume(double seconds)
    {
        if (_haltedAt is { } since)
        {
            _haltedAt = null;
            _wake += seconds - since;
        }
    }

    private void Step()
    {
        try
        {
            if (_steps.MoveNext())
            {
                _wake = _steps.Current;
            }
            else
            {
                Ended = true;
            }
        }
        catch (ScriptFault fault)
        {
            Fail(fault);
        }
    }

    private IEnumerable<double> Whole()
    {
        foreach (double wake in Run(_script.Main))
        {
            yield return wake;
        }

        CloseLoops();
        _signal = Signal.None;
        foreach (double wake in Finish())
        {
            yield return wake;
        }
    }

    private IEnumerable<double> Finish() => Run(_script.OnFinished);

    private IEnumerable<double> Run(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Line = statement.Line;
            IEnumerable<double> waits = statement switch
            {
                Choice choice => Run(choice.Branches.FirstOrDefault(b => b.When is null || _memory.Holds(b.When)).Then ?? []),
                Repetition repetition => RunRepetition(repetition),
                Measurement measurement => RunMeasurement(measurement),
                _ => RunCommand((Command)statement),
            };
            foreach (double wake in waits)
            {
                yield return wake;
            }

            if (_signal != Signal.None)
            {
                yield break;
            }
        }
    }

    private IEnumerable<double> RunCommand(Command command)
    {
        switch (command.Name)
        {
            case "breakloop":
                _signal = Signal.Break;
                break;
            case "abort":
                _signal = Signal.Abort;
                break;
            case "wait":
                yield return _memory.Now + _memory.NumberOf(command.Arguments[0]);
                break;
            case "meas":
                yield return _memory.Now + _memory.NumberOf(command.Arguments[0]);
                _memory.Set(command.Arguments[1], command.Arguments[2].Word.Text == "ba" ? _context.Front.Amperes() : _context.Front.Volts());
                break;
            default:
                _commands.Run(command);
                break;
        }
    }

    private IEnumerable<double> RunRepetition(Repetition repetition)
    {
        Open("L", "+");
        while (_memory.Holds(repetition.While) && _signal == Signal.None)
        {
            yield return _memory.Now + PassSeconds;
            foreach (double wake in Run(repetition.Body))
            {
                yield return wake;
            }
        }

        Close();
    }

    private IEnumerable<double> RunMeasurement(Measurement measurement)
    {
        IEnumerable<Reading> readings = _measurements.Readings(measurement);
        Open($"M{MeasurementRunner.TechniqueOf(measurement.Name):X4}", "*");
        _leaveMeasurement = false;
        int scan = 0;
        foreach (Reading reading in readings)
        {
            scan = BeginScan(measurement, reading.Scan, scan);
            yield return reading.AtSeconds;
            reading.Take();
            foreach (double wake in Run(measurement.Body))
            {
                yield return wake;
            }

            if (_signal != Signal.None || _leaveMeasurement)
            {
                break;
            }
        }

        if (scan > 0)
        {
            Close();
        }

        Close();
    }

    /// <summary>Scans are told only where there are several.</summary>
    private int BeginScan(Measurement measurement, int scan, int present)
    {
        if (measurement.Scans == 1 || scan == present)
        {
            return present;
        }

        if (present > 0)
        {
            Close();
        }

        Open($"C{scan:X4}", "-");
        return scan;
    }

    private void Open(string begin, string end)
    {
        _context.Emit(begin);
        _openLoops.Push(end);
    }

    /// <summary>A break ends here; an abort goes on outwards.</summary>
    private void Close()
    {
        if (_openLoops.TryPop(out string? end))
        {
            _context.Emit(end);
        }

        _signal = _signal == Signal.Break ? Signal.None : _signal;
    }

    private void CloseLoops()
    {
        while (_openLoops.TryPop(out string? end))
        {
            _context.Emit(end);
        }
    }
}
