using CellLab.CellModel;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Gas;

namespace CellLab.Tests.HardwareSim.Gas;

public sealed class GasPathTests
{
    private const double Milligrams = 2;
    private const double ResidueHours = 1e6; // long after the pump-down
    private static readonly CellParameters s_material = Materials.Get("LMNO");

    [Fact]
    public void The_flow_of_a_controller_referred_to_25_degrees_is_9_percent_below_one_referred_to_0()
    {
        Assert.Equal(0.3406, new CarrierFlow(0.5, 25).MicromolesPerSecond, 0.0001);
        Assert.Equal(0.3718, new CarrierFlow(0.5, 0).MicromolesPerSecond, 0.0001);
        Assert.Equal(0.743584, new CarrierFlow(1, 0).MicromolesPerSecond, 1e-5);
    }

    [Fact]
    public void All_released_oxygen_reaches_the_spectrometer_with_a_mean_delay_of_180_seconds()
    {
        var path = new GasPath(Released(from: 100, until: 700, micromolPerMilligram: 0.27), new CarrierFlow(), () => 0);
        (double amount, double moment) = (0, 0);
        for (double t = 1; t <= 4000; t++)
        {
            path.Advance(t);
            double rate = (path.At(t).Oxygen - Residue(t)) * new CarrierFlow().MicromolesPerSecond;
            amount += rate;
            moment += rate * t;
        }

        Assert.Equal(0.27 * Milligrams, amount, 0.001 * Milligrams);
        Assert.Equal(400 + 180, moment / amount, 0.5);
    }

    [Fact]
    public void The_stride_of_the_calls_does_not_matter_for_a_steady_release()
    {
        var coarse = new GasPath(Released(0, 10000, 0.5), new CarrierFlow(), () => 0);
        var fine = new GasPath(Released(0, 10000, 0.5), new CarrierFlow(), () => 0);
        for (int t = 1; t <= 900; t++)
        {
            fine.Advance(t);
        }

        coarse.Advance(450);
        coarse.Advance(900);

        Assert.Equal(fine.At(900).Oxygen, coarse.At(900).Oxygen, 1e-12);
        Assert.Equal(fine.At(930).Oxygen, coarse.At(930).Oxygen, 1e-12);
    }

    [Fact]
    public void The_bottle_round_the_cell_shows_the_line_alone_and_through_the_cell_both_volumes()
    {
        var round = new GasPath(null, new CarrierFlow(), () => 0);
        round.Switch(ResidueHours, GasRoute.Bottle);
        var through = new GasPath(null, new CarrierFlow(), () => 0);
        through.Switch(ResidueHours, GasRoute.BottleThroughCell);

        Assert.Equal(1000e-6 * (1 - Math.Exp(-1)), round.At(ResidueHours + 120).Oxygen, 1e-9);
        double twoLags = 1 - (((120 * Math.Exp(-1)) - (60 * Math.Exp(-2))) / 60);
        Assert.Equal(1000e-6 * twoLags, through.At(ResidueHours + 120).Oxygen, 1e-8);
        Assert.Equal(1000e-6, round.At(ResidueHours + 3000).CarbonDioxide, 1e-9);
    }

    [Fact]
    public void Gas_waits_in_a_cell_that_is_not_swept_and_comes_when_it_is()
    {
        var path = new GasPath(Released(0, 100, 0.1), new CarrierFlow(), () => 0);
        path.Switch(0, GasRoute.Bypass);
        for (int t = 1; t <= 2000; t++)
        {
            path.Advance(t);
        }

        double waiting = path.At(2000).Oxygen - Residue(2000);
        path.Switch(2000, GasRoute.Cell);
        double amount = 0;
        for (int t = 2001; t <= 6000; t++)
        {
            path.Advance(t);
            amount += (path.At(t).Oxygen - Residue(t)) * new CarrierFlow().MicromolesPerSecond;
        }

        Assert.Equal(0, waiting, 1e-9);
        Assert.Equal(0.1 * Milligrams, amount, 0.001 * Milligrams);
    }

    [Fact]
    public void A_leak_comes_as_air_with_300_seconds()
    {
        double leak = 0;
        var path = new GasPath(null, new CarrierFlow(), () => leak);
        path.Advance(ResidueHours);
        leak = 1;
        path.Advance(ResidueHours + 300);

        GasFractions gas = path.At(ResidueHours + 300);

        Assert.Equal(100e-6 * (1 - Math.Exp(-1)), gas.Nitrogen, 1e-9);
        Assert.Equal(0.268, gas.Oxygen / gas.Nitrogen, 1e-6);
    }

    private static double Residue(double seconds) => 8e-6 * Math.Exp(-seconds / 7200);

    private static Func<double, CellView> Released(double from, double until, double micromolPerMilligram) => seconds =>
    {
        CellState state = CellState.Fresh(s_material);
        state.OxygenMicromolPerMilligram = micromolPerMilligram * Math.Clamp((seconds - from) / (until - from), 0, 1);
        return new CellView(seconds, state, s_material, 1);
    };
}
