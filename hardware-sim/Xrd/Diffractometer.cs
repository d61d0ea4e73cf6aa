using System.Globalization;
using CellLab.CellModel;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;

namespace CellLab.HardwareSim.Xrd;

/// <summary>Waits for a trigger, exposes and reads out in lab time, writes the pattern. Its wires share it; every member takes its lock.</summary>
internal sealed class Diffractometer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly DiffractometerBenchDevice _device;
    private readonly BenchContext _bench;
    private readonly Func<double, CellView>? _look;
    private readonly Handshake _handshake;
    private readonly string _folder;
    private SplitMix64 _random;
    private Exposure? _exposure;
    private double _readyAt;
    private int _patterns;

    public Diffractometer(DiffractometerBenchDevice device, BenchContext bench, Func<double, CellView>? look)
    {
        (_device, _bench, _look) = (device, bench, look);
        _handshake = new Handshake(bench.Clock, bench.Wall);
        _folder = Path.GetFullPath(Path.Combine(bench.StateDirectory, device.Folder ?? $"xrd-{device.Id}"));
        _random = new SplitMix64(bench.File.Document.Seed + (0x787264UL * (ulong)device.Id.Sum(c => c)));
    }

    /// <summary>Told outside the lock when a pattern has been written.</summary>
    public event Action<PatternWritten>? Written;

    /// <summary>Where pattern files go; absolute.</summary>
    public string Folder => _folder;

    public double ExposureSeconds => _device.ExposureS;

    /// <summary>Starts an exposure when ready.</summary>
    /// <param name="id">Name of the pattern; null: a running number, as with a contact.</param>
    /// <returns>False when it does not wait for a trigger.</returns>
    public bool Trigger(string? id)
    {
        Advance();
        lock (_gate)
        {
            ActiveFault? missed = _bench.Faults.Find(FaultNames.MissedPulse, _device.Id);
            if (_exposure is not null || _bench.Clock.SecondsNow < _readyAt || (missed is not null && missed.Use()))
            {
                return false;
            }

            string name = id ?? string.Create(CultureInfo.InvariantCulture, $"{_device.Id}-{++_patterns:0000}");
            _handshake.Begin();
            double now = _bench.Clock.SecondsNow;
            _exposure = new Exposure(name, now, _bench.Wall.GetTimestamp(), new PatternSum(_device)) { SummedTo = now };
            return true;
        }
    }

    /// <summary>What it shows; a client that has seen the exposure lets lab time go on.</summary>
    public DiffractometerSigns Show()
    {
        Advance();
        lock (_gate)
        {
            bool busy = _bench.Faults.IsOn(FaultNames.StuckBusy, _device.Id) || (_exposure is Exposure running && ShowsBusy(running));
            if (busy)
            {
                _handshake.End();
            }

            bool readout = _exposure is null && _bench.Clock.SecondsNow < _readyAt;
            return new DiffractometerSigns(Ready: !busy && !readout && _exposure is null, busy, readout, _exposure?.Name);
        }
    }

    public void Advance()
    {
        PatternWritten? written = null;
        lock (_gate)
        {
            _handshake.Advance();
            if (_exposure is Exposure running)
            {
                written = Follow_NeedsGate(running, _bench.Clock.SecondsNow);
            }
        }

        if (written is not null)
        {
            Written?.Invoke(written);
        }
    }

    public void Abort()
    {
        lock (_gate)
        {
            _exposure = null;
            _handshake.End();
        }
    }

    public void Dispose() => _handshake.Dispose();

    private bool ShowsBusy(Exposure running)
    {
        ActiveFault? late = _bench.Faults.Find(FaultNames.LateBusy, _device.Id);
        return !_bench.Faults.IsOn(FaultNames.NeverBusy, _device.Id)
            && (late is null || _bench.Wall.GetElapsedTime(running.BeganWall).TotalMilliseconds >= late.Number("ms", 1000));
    }

    private PatternWritten? Follow_NeedsGate(Exposure running, double now)
    {
        double end = running.Began + _device.ExposureS;
        double to = Math.Min(now, end);
        if (to > running.SummedTo)
        {
            running.Sum.Add(_look?.Invoke(to), to - running.SummedTo);
            running.SummedTo = to;
        }

        if (now < end)
        {
            return null;
        }

        _exposure = null;
        _readyAt = end + _device.ReadoutS;
        _handshake.End();
        (DateTimeOffset from, DateTimeOffset until) = (_bench.Clock.At(running.Began), _bench.Clock.At(end));
        string path = PatternFile.Write(_folder, running.Name, _device.Wire == "aeris", running.Sum.Angles, running.Sum.Draw(ref _random), from, until);
        return new PatternWritten(running.Name, from, until, path);
    }

    private sealed record Exposure(string Name, double Began, long BeganWall, PatternSum Sum)
    {
        public double SummedTo { get; set; }
    }
}

/// <param name="Exposing">Name of the pattern that is being taken, whatever the busy sign shows.</param>
internal sealed record DiffractometerSigns(bool Ready, bool Busy, bool Readout, string? Exposing);

internal sealed record PatternWritten(string Name, DateTimeOffset From, DateTimeOffset To, string Path);
