using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Time;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>A cell and the outputs that hang on its two terminals: their currents add up. All members but <see cref="Act"/> are used inside
/// <see cref="Act"/>.</summary>
internal sealed class WiredCell(SimulatedCell cell, BenchClock clock, TimeProvider wall) : IDisposable
{
    private const double StrideSeconds = 1;

    /// <summary>A power stage has settled after this, s.</summary>
    private const double SettlingSeconds = 1e-3;

    /// <summary>A client that is not heard of for so long has gone: a serial line does not tell.</summary>
    private static readonly TimeSpan s_gone = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<OutputStage> _stages = [];
    private readonly ClockLeash _leash = new(clock, wall);
    private double _now = clock.SecondsNow;
    private double _milliamperes;
    private long _lastPoll = wall.GetTimestamp();

    /// <summary>Told after every stride, with the lab time: protections look here.</summary>
    public event Action? Advanced;

    public double Volts => cell.Volts;

    /// <summary>Moments at which two outputs were on at the same time: the wiring of a composite must never show one.</summary>
    public int TwoSourcesOn { get; private set; }

    private bool AnyOn => _stages.Any(s => s.Law.On);

    public OutputStage Attach(Meter meter, double rangeMilliamperes)
    {
        var stage = new OutputStage(this, meter, rangeMilliamperes);
        _stages.Add(stage);
        return stage;
    }

    /// <summary>Brings the cell up to the present and does something with it.</summary>
    public T Act<T>(Func<T> action)
    {
        lock (_gate)
        {
            AdvanceTo_NeedsGate(clock.SecondsNow);
            bool before = AnyOn;
            T result = action();
            if (AnyOn != before)
            {
                _leash.Changed(AnyOn, VoltsAfter);
            }

            return result;
        }
    }

    /// <summary>A client has been told the voltage: lab time may go on.</summary>
    public void Polled()
    {
        _lastPoll = wall.GetTimestamp();
        _leash.Changed(AnyOn, VoltsAfter);
        _leash.Polled(VoltsAfter);
    }

    /// <summary>To be called every now and then.</summary>
    public void Advance() => Act(() =>
    {
        _leash.Advance();
        if (wall.GetElapsedTime(_lastPoll) > s_gone)
        {
            _leash.ClientGone();
        }

        return true;
    });

    /// <summary>What the outputs do has changed: takes the time that it takes to settle.</summary>
    public void Settle()
    {
        TwoSourcesOn += _stages.Count(s => s.Law.On) > 1 ? 1 : 0;
        Stride_NeedsGate(SettlingSeconds);
        _now += SettlingSeconds;
    }

    public void Dispose() => _leash.Dispose();

    private void AdvanceTo_NeedsGate(double seconds)
    {
        if (!AnyOn)
        {
            cell.Rest(Math.Max(0, seconds - _now));
            _now = Math.Max(_now, seconds);
        }

        while (seconds - _now > SettlingSeconds)
        {
            double stride = Math.Min(StrideSeconds, seconds - _now);
            Stride_NeedsGate(stride);
            _now += stride;
            Advanced?.Invoke();
        }
    }

    private void Stride_NeedsGate(double seconds)
    {
        double lowest = _stages.Sum(s => s.Law.LowestMilliamperes);
        double highest = _stages.Sum(s => s.Law.HighestMilliamperes);
        OutputStage? regulating = _stages.Find(s => s.Law.Regulates);
        if (regulating is null)
        {
            _milliamperes = highest;
            cell.Step(seconds, _milliamperes);
        }
        else
        {
            _milliamperes = cell.StepAtVoltage(seconds, regulating.Law.Volts, lowest, highest, Math.Clamp(_milliamperes, lowest, highest));
        }

        foreach (OutputStage stage in _stages)
        {
            double others = _stages.Sum(s => s == stage ? 0 : s.Law.HighestMilliamperes);
            stage.Carry(stage == regulating ? _milliamperes - others : stage.Law.HighestMilliamperes);
        }
    }

    private double VoltsAfter(double seconds) => seconds <= 0 ? cell.Volts : cell.Look(seconds, _milliamperes);
}
