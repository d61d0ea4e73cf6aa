using CellLab.HardwareSim.Cells;

namespace CellLab.Tests.HardwareSim.Neware;

public sealed class MeterTests
{
    [Fact]
    public void Voltage_readings_scatter_by_50_microvolts_round_a_fixed_error_and_stand_on_tenths_of_a_millivolt()
    {
        var meter = new Meter(exact: false, seed: 3);
        double shown = meter.ShownVolts(3.7);
        double[] readings = [.. Enumerable.Range(0, 20000).Select(_ => meter.ReadVolts(3.7))];
        Assert.InRange(Math.Abs(shown - 3.7), 0, (3.7 * 2e-4) + 5e-4);
        double mean = readings.Average();
        Assert.Equal(shown, mean, 5e-6);
        Assert.DoesNotContain(readings, r => Math.Round(r, 4) != r);
        double sigma = Math.Sqrt(readings.Average(r => (r - mean) * (r - mean)));
        Assert.InRange(sigma, 45e-6, 65e-6);
    }

    [Fact]
    public void The_tester_shows_its_set_current_and_the_cell_gets_the_error()
    {
        var meter = new Meter(exact: false, seed: 4);
        double[] readings = [.. Enumerable.Range(0, 20000).Select(_ => meter.RegulatedMilliamperes(0.025, 0.1))];
        Assert.Equal(0.025, readings.Average(), 1e-7);
        double real = meter.TrueMilliamperes(0.025, 0.1);
        Assert.InRange(Math.Abs(real - 0.025), 1e-9, (0.025 * 2e-4) + (0.1 * 1e-4));
        Assert.All(readings, r => Assert.Equal(Math.Round(r * 32768 / 0.1), r * 32768 / 0.1, 1e-6));
    }

    [Fact]
    public void An_exact_meter_changes_nothing()
    {
        var meter = new Meter(exact: true, seed: 4);
        Assert.Equal(3.123456789, meter.ReadVolts(3.123456789));
        Assert.Equal(0.0123456789, meter.RegulatedMilliamperes(0.0123456789, 0.1));
        Assert.Equal(0.0123456789, meter.TrueMilliamperes(0.0123456789, 0.1));
    }

    [Theory]
    [InlineData(0.025, 1, 0.1)]
    [InlineData(0.1, 1, 0.1)]
    [InlineData(0.11, 1, 1)]
    [InlineData(2.5, 1, 5)]
    [InlineData(10, 1, 10)]
    [InlineData(25, 1000, 100)]
    public void The_smallest_range_that_holds_the_current_is_used(double current, int parallel, double range) =>
        Assert.Equal(range, CurrentRanges.Smallest(current, parallel));

    [Fact]
    public void No_range_holds_a_current_beyond_the_largest() => Assert.Null(CurrentRanges.Smallest(10.01, 1));
}
