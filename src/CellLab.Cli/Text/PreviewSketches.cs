using CellLab.Service.Offline.Preview;
using CellLab.Service.Offline.Preview.Drawing;

namespace CellLab.Cli.Text;

/// <summary>Voltage over time and capacity over cycles as characters.</summary>
internal static class PreviewSketches
{
    private const int VoltageRows = 12;
    private const int CapacityRows = 8;

    public static void Write(TextWriter output, ProtocolPreview preview, bool blocks)
    {
        Voltage(output, preview, blocks);
        if (preview.Cycles.Count > 1)
        {
            Capacity(output, preview, blocks);
        }
    }

    private static void Voltage(TextWriter output, ProtocolPreview preview, bool blocks)
    {
        PlotAxis time = PlotAxis.Time(preview.DurationS, out double divisor);
        PlotAxis voltage = PlotAxis.Voltage(preview);
        var sketch = new Sketch(time, voltage, blocks, VoltageRows);
        foreach (TracePoint point in preview.Voltage)
        {
            sketch.Mark(Math.Min(point.TS, preview.DurationS) / divisor, point.LowV, point.HighV);
        }

        output.WriteLine();
        sketch.Write(output, voltage.Title);
    }

    private static void Capacity(TextWriter output, ProtocolPreview preview, bool blocks)
    {
        CapacitySeries series = CapacitySeries.Of(preview.Cycles);
        series = series.Discharge.Count > 0 ? series with { Charge = [] } : series;
        PlotAxis capacity = PlotAxis.Capacity(series);
        var sketch = new Sketch(new PlotAxis("cycle", 1, preview.Cycles[^1].Cycle), capacity, blocks, CapacityRows);
        foreach ((int cycle, double value) in series.Charge.Concat(series.Discharge))
        {
            sketch.Mark(cycle, value, value);
        }

        output.WriteLine();
        sketch.Write(output, $"{(series.Discharge.Count > 0 ? "discharge" : "charge")} {capacity.Title}");
    }
}
