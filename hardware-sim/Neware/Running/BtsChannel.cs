using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>One cell place of a cabinet: its cell, its electronics, the test that runs and those before. All members may be called from any thread.</summary>
/// <param name="shared">The place of a cell that other instruments are wired to as well; null for a cell of its own.</param>
internal sealed class BtsChannel(BtsAddress address, SimulatedCell? placed, Meter meter, double capSeconds, CellPlace? shared = null)
{
    private const int MostTestsKept = 4;
    private readonly Lock _gate = shared?.Gate ?? new();
    private readonly List<BtsTest> _tests = [];
    private SimulatedCell? _cell = placed;
    private TestRun? _run;
    private RunState _idleState = RunState.Finish;
    private double _restedTo;

    public BtsAddress Address { get; } = address;

    public string Name { get; } = address.ToString();

    public SimulatedCell? Cell => _cell;

    public int Parallel => _cell?.Parallel ?? 1;

    /// <summary>Runs under the channel's lock with its cell advanced to this lab time.</summary>
    public T At<T>(double seconds, Func<BtsChannel, T> look)
    {
        lock (_gate)
        {
            Advance_NeedsGate(seconds);
            return look(this);
        }
    }

    /// <summary>Advances a running test; costs nothing on an idle channel.</summary>
    public void AdvanceTo(double seconds)
    {
        lock (_gate)
        {
            if (_run is { State: RunState.Working })
            {
                Advance_NeedsGate(seconds);
            }
        }
    }

    public RunState State => _run?.State ?? _idleState;

    public TestRun? Run => _run;

    /// <summary>Lab second that the cell's state belongs to: up to a stride behind while a test runs.</summary>
    public double CellSeconds => _run is { State: RunState.Working } ? _run.Now : _restedTo;

    /// <summary>The present or last test, or an earlier one by its id; null when there is none.</summary>
    public BtsTest? Test(int testId) => testId == 0 ? _tests.LastOrDefault() : _tests.LastOrDefault(t => t.TestId == testId);

    /// <summary>Voltage reading now, V.</summary>
    public double Volts(double seconds) => _cell is null
        ? 0
        : _run is { State: RunState.Working } ? _run.LookVolts(seconds, meter) : meter.ShownVolts(_cell.Volts);

    /// <summary>Begins a test, overrunning one that runs: that is what the instrument does.</summary>
    public void Start(double seconds, int testId, string barcode, BtsProgram program)
    {
        lock (_gate)
        {
            Advance_NeedsGate(seconds);
            _run?.End(seconds, RunState.Stop, BtsLogCode.Stopped);
            var test = new BtsTest(testId, barcode, program, seconds);
            _tests.Add(test);
            if (_tests.Count > MostTestsKept)
            {
                _tests.RemoveAt(0);
            }

            if (_cell is null)
            {
                EndAtOnce(test, seconds);
                return;
            }

            _run = new TestRun(test, _cell, meter, capSeconds);
            _restedTo = seconds;
            Tell_NeedsGate(seconds);
        }
    }

    /// <summary>Acts on the running or paused test; false when there is none in that state.</summary>
    public bool Act(double seconds, Func<RunState, bool> allowed, Action<TestRun> action)
    {
        lock (_gate)
        {
            Advance_NeedsGate(seconds);
            if (_run is null || !allowed(_run.State))
            {
                return false;
            }

            _restedTo = Math.Max(_restedTo, seconds);
            action(_run);
            Tell_NeedsGate(seconds);
            return true;
        }
    }

    /// <summary>Exchanges the cells of two channels, as a person does by hand. A test that runs on either loses its cell and ends in protect.</summary>
    public static void Exchange(BtsChannel one, BtsChannel other, double seconds)
    {
        (BtsChannel first, BtsChannel second) = string.CompareOrdinal(one.Name, other.Name) < 0 ? (one, other) : (other, one);
        lock (first._gate)
        {
            lock (second._gate)
            {
                first.LoseCell_NeedsGate(seconds);
                second.LoseCell_NeedsGate(seconds);
                (first._cell, second._cell) = (second._cell, first._cell);
            }
        }
    }

    private void LoseCell_NeedsGate(double seconds)
    {
        Advance_NeedsGate(seconds);
        if (_run is { } run && !run.State.IsOver())
        {
            run.End(seconds, RunState.Protect, BtsLogCode.Protected);
            _restedTo = seconds;
        }
    }

    private void EndAtOnce(BtsTest test, double seconds)
    {
        _run = null;
        _idleState = RunState.Protect;
        test.EndSeconds = seconds;
        test.Log.Add(new BtsLogLine(BtsLogCode.Started, seconds));
        test.Log.Add(new BtsLogLine(BtsLogCode.NoCell, seconds));
    }

    private void Advance_NeedsGate(double seconds)
    {
        if (_run is { State: RunState.Working })
        {
            _run.AdvanceTo(seconds);
            _restedTo = _run.Now;
            Tell_NeedsGate(_run.Now);
        }

        if (_run is not { State: RunState.Working } && seconds > _restedTo)
        {
            if (Shared is { } place)
            {
                place.RestTo(seconds);
            }
            else
            {
                _cell?.Rest(seconds - _restedTo);
            }

            _restedTo = seconds;
        }
    }

    /// <summary>The shared place, while its cell sits here.</summary>
    private CellPlace? Shared => shared is not null && ReferenceEquals(shared.Cell, _cell) ? shared : null;

    /// <summary>Tells the others at the cell how far it has come and whether this output is on.</summary>
    private void Tell_NeedsGate(double seconds)
    {
        if (Shared is not { } place)
        {
            return;
        }

        if (_run is { State: RunState.Working })
        {
            place.SwitchedOn(Name, seconds);
        }

        place.AdvancedTo = Math.Max(place.AdvancedTo, _run?.Now ?? 0);
        if (_run is not { State: RunState.Working })
        {
            place.SwitchedOff(Name);
        }
    }
}
