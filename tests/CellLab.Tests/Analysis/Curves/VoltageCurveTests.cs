using CellLab.Analysis.Curves;
using CellLab.Core.Series;

namespace CellLab.Tests.Analysis.Curves;

public sealed class VoltageCurveTests
{
    [Fact]
    public void Steps_in_one_direction_follow_each_other_and_each_direction_of_each_cycle_is_a_curve()
    {
        RecordPoint[] points =
        [
            Point(1, 0, 3.0, 1, cycle: 1, step: 1, capacity: 0), Point(2, 3600, 4.0, 1, 1, 1, 1.0),
            Point(3, 3600, 4.0, 0.5, 1, 2, 0), Point(4, 7200, 4.0, 0.25, 1, 2, 0.375),
            Point(5, 7300, 3.9, 0, 1, 3, null),
            Point(6, 7300, 3.8, -1, 1, 4, 0), Point(7, 10900, 2.0, -1, 1, 4, 1.0),
            Point(8, 10900, 2.1, 1, 2, 5, 0), Point(9, 10936, 2.2, 1, 2, 5, 0.01),
        ];

        IReadOnlyList<VoltageCurve> curves = VoltageCurves.Of(points);

        Assert.Equal([(1, true), (1, false), (2, true)], curves.Select(curve => (curve.Cycle, curve.Charging)));
        Assert.Equal([0, 1, 1, 1.375], curves[0].AmpereHours);
        Assert.Equal([3.8, 2.0], curves[1].Volts);
    }

    [Fact]
    public void A_step_belongs_to_the_cycle_of_its_last_record()
    {
        RecordPoint[] points = [Point(1, 0, 3.0, -1, 1, 1, 0), Point(2, 9, 2.0, -1, 1, 1, 1), Point(3, 9, 2.1, 1, 1, 2, 0), Point(4, 18, 3.0, 1, 2, 2, 1), Point(5, 27, 4.0, 1, 2, 2, 2)];

        IReadOnlyList<VoltageCurve> curves = VoltageCurves.Of(points);

        Assert.Equal([(1, false, 2), (2, true, 3)], curves.Select(curve => (curve.Cycle, curve.Charging, curve.Volts.Count)));
    }

    [Fact]
    public void Without_a_counter_the_current_is_integrated()
    {
        RecordPoint[] points = [Point(1, 0, 3, 1, 1, 1, null), Point(2, 1800, 3.5, 1, 1, 1, null), Point(3, 3600, 4, 3, 1, 1, null)];

        Assert.Equal([0, 0.5, 1.5], Assert.Single(VoltageCurves.Of(points)).AmpereHours);
    }

    [Fact]
    public void A_thinned_curve_keeps_its_ends_and_its_spikes()
    {
        double[] volts = [.. Enumerable.Range(0, 5000).Select(index => 2 + (index * 5e-4))];
        volts[1234] = 9;
        volts[4321] = -9;
        VoltageCurve thin = VoltageCurves.Thin(new VoltageCurve(1, true, [.. Enumerable.Range(0, 5000).Select(index => index * 1e-3)], volts), 100);

        Assert.InRange(thin.Volts.Count, 100, 202);
        Assert.Equal((volts[0], volts[^1], 9.0, -9.0), (thin.Volts[0], thin.Volts[^1], thin.Volts.Max(), thin.Volts.Min()));
        Assert.Equal(thin.AmpereHours.Order(), thin.AmpereHours);
    }

    private static RecordPoint Point(long sequence, double time, double volts, double amperes, int cycle, int step, double? capacity) =>
        new(sequence, time, volts, amperes, cycle, step, capacity);
}
