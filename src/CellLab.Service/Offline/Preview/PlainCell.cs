using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>Stands for a cell of which only the capacity is known: a straight line of voltage over charge from one end of the window to the other, with a
/// small resistance, so that holds end too. Durations are those of capacity divided by current; voltages within the window mean little.</summary>
internal sealed class PlainCell : IVirtualCell
{
    /// <summary>Share of the window that 1C costs.</summary>
    private const double DropOfWindow = 0.002;
    private const double SecondsPerHour = 3600;

    private readonly PlainWindow _window;
    private readonly double _capacityAmpereHours;
    private readonly double _ohms;
    private double _ampereHours;

    public PlainCell(PlainWindow window, double capacityAmpereHours)
    {
        _window = window;
        _capacityAmpereHours = capacityAmpereHours;
        _ohms = DropOfWindow * window.Volts / capacityAmpereHours;
        _ampereHours = window.StartsFull ? capacityAmpereHours : 0;
    }

    private PlainCell(PlainCell other)
    {
        _window = other._window;
        _capacityAmpereHours = other._capacityAmpereHours;
        _ohms = other._ohms;
        _ampereHours = other._ampereHours;
    }

    private double RestVolts => _window.Low + _window.Volts * _ampereHours / _capacityAmpereHours;

    public (double Volts, double Amperes) Advance(SetPoint setPoint, double seconds) => setPoint switch
    {
        CurrentSetPoint current => Drive(current.Amperes, seconds),
        VoltageSetPoint hold => Hold(hold, seconds),
        PowerSetPoint power => Drive(power.Watts / RestVolts, seconds),
        ResistanceSetPoint load => Drive(-RestVolts / load.Ohms, seconds),
        _ => (RestVolts, 0),
    };

    public IVirtualCell Fork() => new PlainCell(this);

    private (double Volts, double Amperes) Drive(double amperes, double seconds)
    {
        _ampereHours += amperes * seconds / SecondsPerHour;
        return (RestVolts + amperes * _ohms, amperes);
    }

    /// <summary>The current falls exponentially, unless the tester cannot give what it begins with.</summary>
    private (double Volts, double Amperes) Hold(VoltageSetPoint hold, double seconds)
    {
        double begin = (hold.Volts - RestVolts) / _ohms;
        double largest = hold.MaxAmperes ?? double.MaxValue;
        if (Math.Abs(begin) > largest * (1 + 1e-9))
        {
            return Drive(Math.Sign(begin) * largest, seconds);
        }

        double timeConstant = _ohms * _capacityAmpereHours / _window.Volts * SecondsPerHour;
        double left = Math.Exp(-seconds / timeConstant);
        _ampereHours += begin * timeConstant * (1 - left) / SecondsPerHour;
        return (hold.Volts, begin * left);
    }
}
