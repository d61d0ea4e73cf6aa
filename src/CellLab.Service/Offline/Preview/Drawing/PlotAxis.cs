namespace CellLab.Service.Offline.Preview.Drawing;

/// <summary>What stands on one axis: its title with the unit, and the span shown.</summary>
public sealed record PlotAxis(string Title, double Low, double High)
{
    /// <summary>Time from the start in the unit that suits the duration; <paramref name="seconds"/> are divided by <paramref name="divisor"/>.</summary>
    public static PlotAxis Time(double seconds, out double divisor)
    {
        (divisor, string unit) = seconds switch
        {
            < 600 => (1.0, "s"),
            < 7200 => (60.0, "min"),
            < 10 * 86400 => (3600.0, "h"),
            _ => (86400.0, "d"),
        };
        return new PlotAxis($"time / {unit}", 0, Math.Max(seconds / divisor, 1e-6));
    }

    /// <summary>Voltages with a little air.</summary>
    public static PlotAxis Voltage(ProtocolPreview preview)
    {
        (double low, double high) = AxisTicks.Round(preview.LowestV, preview.HighestV);
        return new PlotAxis("voltage / V", low, high);
    }

    public static PlotAxis Capacity(CapacitySeries series)
    {
        double[] values = [.. series.Charge.Concat(series.Discharge).Select(point => point.Value)];
        double high = values.DefaultIfEmpty(1).Max();
        (double low, double top) = AxisTicks.Round(values.DefaultIfEmpty(0).Min() > 0.5 * high ? values.Min() : 0, high);
        return new PlotAxis($"capacity / {series.Unit}", low, top);
    }
}
