using System.Numerics;

namespace EcoChemie.Autolab.Sdk.Links;

/// <summary>An instrument in this process with a dummy cell. Its time goes on only when it is waited for. A small hum on the readings, as converters
/// have it.</summary>
internal sealed class DummyCellLink(DummyCell cell) : IInstrumentLink
{
    private const double ComplianceVolts = 10;
    private const double LongestStride = 0.05;
    private double _seconds;
    private bool _on;
    private bool _galvanostat;
    private double _setpoint;
    private double _range = 1e-3;
    private int _calls;

    /// <summary>The lead is off.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Calls that come back; the next one never does, as when the USB plug is pulled.</summary>
    public int CallsBeforeHang { get; init; }

    /// <summary>The cell switch does not open.</summary>
    public bool CellStaysOn { get; init; }

    /// <summary>From this time on readings are the last ones.</summary>
    public double StandsStillAfter { get; init; }

    private Snapshot _last;

    public Snapshot Read() => Called(() => { });

    public Snapshot Set(string what, double value) => Called(() =>
    {
        switch (what)
        {
            case "cell":
                _on = value > 0 || (_on && CellStaysOn);
                break;
            case "galvanostat":
                _galvanostat = value > 0;
                break;
            case "setpoint":
                _setpoint = value;
                break;
            case "range":
                _range = value;
                break;
        }
    });

    public Snapshot Begin() => Read();

    public Snapshot End() => Read();

    public Snapshot Wait(double seconds, double wallSeconds) => CallsLeft < 1 ? Gone(seconds) : Called(() => AdvanceTo(seconds));

    public (double Real, double Imaginary, Snapshot After) Measure(double hertz, double amplitude, double seconds)
    {
        Snapshot after = Called(() => AdvanceTo(_seconds + seconds));
        Complex z = IsOpen ? 1e11 : cell.At(hertz);
        return (z.Real, z.Imaginary, after);
    }

    public void Dispose()
    {
        // nothing to close
    }

    private int CallsLeft => CallsBeforeHang - _calls;

    /// <summary>Time goes on, but whoever asks for a value waits for ever.</summary>
    private Snapshot Gone(double seconds) => _last = _last with { Seconds = _seconds = seconds, Stale = true };

    private Snapshot Called(Action action)
    {
        if (++_calls > CallsBeforeHang)
        {
            using var never = new ManualResetEvent(false);
            never.WaitOne();
        }

        action();
        return _seconds > StandsStillAfter ? _last with { Seconds = _seconds, Cell = _on } : _last = Look();
    }

    private void AdvanceTo(double seconds)
    {
        while (seconds - _seconds > 1e-12)
        {
            double stride = Math.Min(seconds - _seconds, LongestStride);
            cell.Advance(Amperes, stride);
            _seconds += stride;
        }
    }

    private double Amperes => !_on || IsOpen ? 0 : _galvanostat ? _setpoint : cell.AmperesAt(_setpoint);

    private Snapshot Look()
    {
        double hum = 1e-7 * Math.Sin(1000 * _seconds);
        double volts = IsOpen && _on ? (_galvanostat ? Math.Sign(_setpoint) * ComplianceVolts : _setpoint) : cell.VoltsAt(Amperes);
        return new Snapshot(
            _seconds, volts + hum, Amperes + (hum * 1e-4), _on, Math.Abs(Amperes) > 1.1 * _range, Math.Abs(volts) >= ComplianceVolts);
    }
}
