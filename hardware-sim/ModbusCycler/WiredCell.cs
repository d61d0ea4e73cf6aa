using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Time;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>The outputs of one device on the terminals of a cell: their currents add up. All members but <see cref="Act"/> are used inside
/// <see cref="Act"/>.</summary>
internal sealed class WiredCell(CellPlace place, BenchClock clock, TimeProvider wall) : IDisposable
{
    private const double StrideSeconds = 1;

    /// <summary>A power stage has settled after this, s.</summary>
    private const double SettlingSeconds = 1e-3;

    /// <summary>A client that is not heard of for so long has gone: a serial line does not tell.</summary>
    private static readonly TimeSpan s_gone = TimeSpan.FromSeconds(5);

    private readonly List<OutputStage> _stages = [];
    private readonly ClockLeash _leash = new(clock, wall);
    private double _milliamperes;
    private long _lastPoll = wall.GetTimestamp();

    /// <summary>Told after every stride: protections look here.</summary>
    public event Action? Advanced;

    public double Volts => place.Cell.Volts;

    private bool AnyOn => _stages.Any(s => s.Law.On);

    /// <param name="name">As the place writes down who has switched on.</param>
    public OutputStage Attach(string name, Meter meter, double rangeMilliamperes)
    {
        var stage = new OutputStage(name, this, meter, rangeMilliamperes);
        _stages.Add(stage);
        return stage;
    }

    /// <summary>Brings the cell up to the present and does something with it.</summary>
    public T Act<T>(Func<T> action)
    {
        lock (place.Gate)
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

    /// <summary>What an output does has changed: takes the time that it takes to settle.</summary>
    public void Settle(OutputStage stage)
    {
        if (stage.Law.On)
        {
            place.SwitchedOn(stage.Name, clock.SecondsNow);
        }
        else
        {
            place.SwitchedOff(stage.Name);
        }

        Stride_NeedsGate(SettlingSeconds);
    }

    public void Dispose() => _leash.Dispose();

    private void AdvanceTo_NeedsGate(double seconds)
    {
        if (!AnyOn)
        {
            place.RestTo(seconds); // unless another instrument drives the cell
            return;
        }

        while (seconds - place.AdvancedTo > SettlingSeconds && AnyOn)
        {
            Stride_NeedsGate(Math.Min(StrideSeconds, seconds - place.AdvancedTo));
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
            place.Cell.Step(seconds, _milliamperes);
        }
        else
        {
            _milliamperes = place.Cell.StepAtVoltage(seconds, regulating.Law.Volts, lowest, highest, Math.Clamp(_milliamperes, lowest, highest));
        }

        place.AdvancedTo += seconds;
        foreach (OutputStage stage in _stages)
        {
            double others = _stages.Sum(s => s == stage ? 0 : s.Law.HighestMilliamperes);
            stage.Carry(stage == regulating ? _milliamperes - others : stage.Law.HighestMilliamperes);
        }
    }

    private double VoltsAfter(double seconds) => seconds <= 0 ? place.Cell.Volts : place.Cell.Look(seconds, _milliamperes);
}
