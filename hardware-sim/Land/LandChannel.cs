using CellLab.HardwareSim.Cells;

namespace CellLab.HardwareSim.Land;

/// <summary>One cell place of the tester and the test that runs on it. The place's gate covers all members.</summary>
internal sealed class LandChannel(string tester, LandBenchChannel bench, CellPlace place, Meter meter, LandBenchDevice device, LandFiles files) : IDisposable
{
    private readonly string _source = $"{tester}.{bench.Channel}";
    private LandRun? _run;
    private string _testName = "";

    public string Name => bench.Channel;

    public LandBenchChannel Bench => bench;

    public CellPlace Place => place;

    /// <summary>A test is under way.</summary>
    public bool Runs
    {
        get
        {
            lock (place.Gate)
            {
                return _run is not null;
            }
        }
    }

    /// <summary>A person starts a program; one that runs is ended by that.</summary>
    public void Start(string testName, LandBenchProgram program, double seconds)
    {
        lock (place.Gate)
        {
            Stop_NeedsGate(seconds);
            place.SwitchedOn(_source, seconds);
            _testName = testName;
            _run = new LandRun(place, meter, program, device.RecordS, files.Create(Name, testName, device.RecordBytes));
        }
    }

    public void Stop(double seconds)
    {
        lock (place.Gate)
        {
            Stop_NeedsGate(seconds);
        }
    }

    public void Advance(double seconds)
    {
        lock (place.Gate)
        {
            _run?.AdvanceTo(seconds);
            if (_run is { IsOver: true })
            {
                End_NeedsGate();
            }
        }
    }

    /// <summary>The monitor program goes on in a new file.</summary>
    public void Rotate(double seconds)
    {
        lock (place.Gate)
        {
            if (_run is { IsOver: false } run)
            {
                run.AdvanceTo(seconds);
                run.GoOnIn(files.Create(Name, _testName, device.RecordBytes));
            }
        }
    }

    public void HalfBlocks(bool on)
    {
        lock (place.Gate)
        {
            if (_run is { } run)
            {
                run.File.HalfBlocks = on;
                run.File.Write();
            }
        }
    }

    /// <summary>The file is listed but cannot be opened.</summary>
    public void Lock(bool on)
    {
        lock (place.Gate)
        {
            if (_run is { } run)
            {
                LandFiles.Lock(run.File.Path, on);
            }
        }
    }

    public void Dispose()
    {
        lock (place.Gate)
        {
            End_NeedsGate();
        }
    }

    private void Stop_NeedsGate(double seconds)
    {
        if (_run is { } run)
        {
            run.AdvanceTo(seconds);
            run.Stop();
            End_NeedsGate();
        }
    }

    private void End_NeedsGate()
    {
        _run?.File.Dispose();
        _run = null;
        place.SwitchedOff(_source);
    }
}
