using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.MethodScript.Electronics;
using CellLab.HardwareSim.MethodScript.Language;
using CellLab.HardwareSim.MethodScript.Running;
using CellLab.HardwareSim.Time;

namespace CellLab.HardwareSim.MethodScript;

/// <summary>The instrument behind its wire: takes lines, gives lines. Goes on when the client has left. The cell place's gate covers it.</summary>
internal sealed class Potentiostat
{
    private static readonly TimeSpan s_deafAfterRefusal = TimeSpan.FromMilliseconds(100);

    private readonly PotentiostatBenchDevice _device;
    private readonly InstrumentModel _model;
    private readonly Terminals _terminals;
    private readonly Front _front;
    private readonly BenchClock _clock;
    private readonly TimeProvider _wall;
    private readonly FaultBoard _faults;
    private List<string>? _loading;
    private char _loadedBy;
    private Script? _script;
    private ScriptRun? _run;
    private string _acknowledgement = "";
    private int _packages;
    private long _deafSince;
    private bool _deaf;
    private long? _abortAsked;
    private double _abortAfterMilliseconds;

    public Potentiostat(PotentiostatBenchDevice device, InstrumentModel model, Terminals terminals, BenchClock clock, TimeProvider wall, FaultBoard faults, ulong seed)
    {
        _device = device;
        _model = model;
        _terminals = terminals;
        _clock = clock;
        _wall = wall;
        _faults = faults;
        _front = new Front(terminals, model, exact: !device.Noise, seed, name => Find(name) is not null);
    }

    /// <summary>Where lines go; null while nobody is connected: they are lost then.</summary>
    public Action<string>? Output { get; set; }

    private Lock Gate => _terminals.Place.Gate;

    /// <summary>One line from the client, without its end.</summary>
    public void Receive(string line)
    {
        lock (Gate)
        {
            Advance_NeedsGate();
            if (_deaf && _wall.GetElapsedTime(_deafSince) < s_deafAfterRefusal)
            {
                return;
            }

            _deaf = false;
            if (_loading is not null)
            {
                Load(line);
            }
            else if (line.Length > 0)
            {
                Command(line);
            }
        }
    }

    /// <summary>Brings script and cell to the present lab time.</summary>
    public void Advance()
    {
        lock (Gate)
        {
            Advance_NeedsGate();
        }
    }

    private void Advance_NeedsGate()
    {
        double now = _clock.SecondsNow;
        _terminals.OpenLead = _faults.IsOn(FaultNames.OpenLead, _device.Id);
        if (_abortAsked is { } asked && _wall.GetElapsedTime(asked).TotalMilliseconds >= _abortAfterMilliseconds)
        {
            _abortAsked = null;
            Abort(now);
        }

        if (_run is null)
        {
            _terminals.AdvanceTo(now);
            return;
        }

        _run.AdvanceTo(now);
        Conclude();
    }

    private void Conclude()
    {
        if (_run is not { Ended: true } over)
        {
            return;
        }

        _run = null;
        if (over.Fault is { } fault)
        {
            Emit($"!{fault.Code:X4}: Line {fault.Line}");
        }

        if (over.Fault is null || !_faults.IsOn(FaultNames.NoEndAfterError, _device.Id))
        {
            Emit("");
        }
    }

    private void Load(string line)
    {
        if (line.Length > 0)
        {
            _loading!.Add(line);
            return;
        }

        List<string> lines = _loading!;
        _loading = null;
        try
        {
            int tooLong = lines.FindIndex(l => l.Length > 255);
            _script = tooLong < 0 ? ScriptParser.Parse(lines) : throw new ScriptFault(FaultCode.LineTooLong, tooLong + 1, 256);
        }
        catch (ScriptFault fault)
        {
            _script = null;
            Refuse(_loadedBy, fault.Code, $": Line {fault.Line}, Col {fault.Column}");
            return;
        }

        if (_loadedBy == 'e')
        {
            Start('e');
        }
        else
        {
            Emit("l");
        }
    }

    private void Command(string line)
    {
        char letter = line[0];
        if (letter == 't' && line.Length == 1)
        {
            Emit("t" + _model.Identity);
            Emit("R*");
            return;
        }

        if (letter is 'Z' or 'Y' or 'h' or 'H' && line.Length == 1)
        {
            WhileRunning(letter);
            return;
        }

        if (letter is not ('i' or 'v' or 'l' or 'e' or 'r') || line.Length > 1)
        {
            Refuse(letter, FaultCode.UnknownCommand);
        }
        else if (_run is not null)
        {
            Refuse(letter, FaultCode.WrongMode);
        }
        else
        {
            WhileIdle(letter);
        }
    }

    private void WhileIdle(char letter)
    {
        switch (letter)
        {
            case 'i':
                Emit("i" + _device.Serial);
                break;
            case 'v':
                Emit("v01.08.00");
                break;
            case 'r' when _script is null:
                Refuse('r', FaultCode.NothingLoaded);
                break;
            case 'r':
                Start('r');
                break;
            default:
                _loading = [];
                _loadedBy = letter;
                break;
        }
    }

    private void WhileRunning(char letter)
    {
        if (_run is null)
        {
            Refuse(letter, FaultCode.WrongMode);
            return;
        }

        if (letter == 'Z' && Find(FaultNames.SlowAbort) is { } slow)
        {
            _abortAsked = _wall.GetTimestamp();
            _abortAfterMilliseconds = slow.Number("ms", 1000);
            return;
        }

        switch (letter)
        {
            case 'Z':
                Abort(_clock.SecondsNow);
                return;
            case 'Y':
                _run.LeaveMeasurement();
                break;
            case 'h':
                _run.Halt(_clock.SecondsNow);
                break;
            default:
                _run.Resume(_clock.SecondsNow);
                break;
        }

        Emit($"{letter}");
    }

    private void Abort(double now)
    {
        if (_run is { } run)
        {
            Emit("Z");
            run.Abort(now);
            Conclude();
        }
    }

    private void Start(char letter)
    {
        _packages = 0;
        var context = new ScriptContext(_model, _terminals, _front, Emit, SelectRegulation);
        if (_faults.IsOn(FaultNames.JoinedAcknowledgement, _device.Id))
        {
            _acknowledgement = $"{letter}";
        }
        else
        {
            Emit($"{letter}");
        }

        _run = new ScriptRun(_script!, context, _clock.SecondsNow);
        Advance_NeedsGate();
    }

    private RegulationMode? SelectRegulation(int mode) =>
        mode == _device.GalvanostatMode ? RegulationMode.Galvanostat
        : mode switch { 0 => RegulationMode.Off, 2 or 3 => RegulationMode.Potentiostat, _ => null };

    private void Refuse(char letter, int code, string place = "")
    {
        Emit($"{letter}!{code:X4}{place}");
        _deafSince = _wall.GetTimestamp();
        _deaf = true;
    }

    private void Emit(string line)
    {
        if (line.Length == 0 && _acknowledgement.Length > 0)
        {
            Output?.Invoke(_acknowledgement); // the empty line at the end is one of its own in any case
            _acknowledgement = "";
        }

        Output?.Invoke(_acknowledgement + line);
        _acknowledgement = "";
        if (line.StartsWith('P'))
        {
            _packages++;
            FailIfAsked();
        }
    }

    private void FailIfAsked()
    {
        if (_faults.Find(FaultNames.ScriptError, _device.Id) is { } fault && _packages >= fault.Number("packages", 1) && fault.Use())
        {
            int code = Convert.ToInt32(fault.Text("code") ?? "0032", 16);
            throw new ScriptFault(code, _run!.Line);
        }
    }

    private ActiveFault? Find(string name) => _faults.Find(name, _device.Id) is { } fault && fault.Use() ? fault : null;
}
