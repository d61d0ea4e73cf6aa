namespace CellLab.HardwareSim.Cells;

internal enum RegulationMode { Off, Potentiostat, Galvanostat }

/// <summary>A potentiostat's output at the cell: off, holding a potential or a current. The cell place's gate covers it. Goes on as it is when
/// nobody tells it otherwise: that is what the instrument does after an error.</summary>
internal sealed class Terminals(string instrument, CellPlace place, double maxAmperes)
{
    private const double LongestHoldSeconds = 10;
    private double _guess;

    public RegulationMode Mode { get; set; }

    public bool On { get; private set; }

    public double SetVolts { get; set; }

    public double SetAmperes { get; set; }

    /// <summary>Nothing is connected: the current is that of an open lead.</summary>
    public bool OpenLead { get; set; }

    public CellPlace Place => place;

    public double Volts => place.Cell.Volts;

    /// <summary>The current that really flows, A; positive charges.</summary>
    public double Amperes { get; private set; }

    public void Switch(bool on, double seconds)
    {
        if (on)
        {
            place.SwitchedOn(instrument, seconds);
        }
        else
        {
            place.SwitchedOff(instrument);
            Amperes = 0;
        }

        On = on;
    }

    /// <summary>Brings the cell to this lab time.</summary>
    public void AdvanceTo(double seconds)
    {
        if (!On || Mode == RegulationMode.Off || OpenLead)
        {
            AtRest(seconds);
            return;
        }

        while (seconds - place.AdvancedTo > 1e-9)
        {
            double stride = Math.Min(seconds - place.AdvancedTo, LongestStride);
            if (Mode == RegulationMode.Galvanostat)
            {
                Amperes = Math.Clamp(SetAmperes, -maxAmperes, maxAmperes);
                place.Cell.Step(stride, Amperes * 1000);
            }
            else
            {
                double bound = maxAmperes * 1000;
                _guess = place.Cell.StepAtVoltage(stride, SetVolts, -bound, bound, _guess);
                Amperes = _guess / 1000;
            }

            place.AdvancedTo += stride;
        }
    }

    /// <summary>Capacities within 0.05 % need no more than 10 s divided by the C-rate.</summary>
    private double LongestStride => Mode == RegulationMode.Potentiostat || SetAmperes == 0
        ? LongestHoldSeconds
        : Math.Clamp(10 * place.Cell.OneCMilliamperes / Math.Abs(SetAmperes * 1000), 1e-3, 60);

    private void AtRest(double seconds)
    {
        Amperes = 0;
        if (On && seconds > place.AdvancedTo)
        {
            place.Cell.Rest(seconds - place.AdvancedTo);
            place.AdvancedTo = seconds;
        }

        place.RestTo(seconds);
    }
}
