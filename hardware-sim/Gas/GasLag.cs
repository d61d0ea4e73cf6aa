namespace CellLab.HardwareSim.Gas;

/// <summary>One gas on its way: a mixed volume in the cell (<c>g1' = (released - g1)/tau1</c>, amounts) and one in the line
/// (<c>y' = (in - y)/tau2</c>, rates in umol/s). A plain value: a copy is a look ahead. Exact for a release that is linear over the step.</summary>
internal struct GasLag(double cellSeconds, double lineSeconds)
{
    private readonly double _cell = cellSeconds;
    private readonly double _line = lineSeconds == cellSeconds ? lineSeconds * (1 + 1e-6) : lineSeconds; // the solution below needs two time constants

    /// <summary>Left the cell so far, umol.</summary>
    private double _left;

    /// <summary>Calibration gas that leaves the cell, umol/s.</summary>
    private double _bottleLeaving;

    /// <summary>Reaches the spectrometer, umol/s.</summary>
    public double RateMicromolesPerSecond { get; private set; }

    /// <summary>One step of constant route.</summary>
    /// <param name="released">Set free by the cell until the beginning of the step, umol, and <paramref name="slope"/> in umol/s over it.</param>
    /// <param name="bottle">Calibration gas, umol/s.</param>
    public void Step(double seconds, GasRoute route, double released, double slope, double bottle)
    {
        double cellDecay = Math.Exp(-seconds / _cell);
        bool swept = route is GasRoute.Cell or GasRoute.BottleThroughCell;
        double steady = route == GasRoute.Bottle ? bottle : 0;
        double fading = 0;
        if (swept)
        {
            double through = route == GasRoute.BottleThroughCell ? bottle : 0;
            steady = slope + through;
            fading = ((released - _left) / _cell) - slope + _bottleLeaving - through;
            double lag = released - (slope * _cell) - _left;
            _left = released + (slope * (seconds - _cell)) - (lag * cellDecay);
            _bottleLeaving = through + ((_bottleLeaving - through) * cellDecay);
        }

        double forced = fading * _cell / (_cell - _line);
        RateMicromolesPerSecond =
            steady + (forced * cellDecay) + ((RateMicromolesPerSecond - steady - forced) * Math.Exp(-seconds / _line));
    }
}
