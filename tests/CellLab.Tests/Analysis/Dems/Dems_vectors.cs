using CellLab.Analysis.Dems;

namespace CellLab.Tests.Analysis.Dems;

/// <summary>The worked examples of the gas analysis page.</summary>
public sealed class Dems_vectors
{
    private static TimedSeries Series(params (double, double)[] samples) => new(samples);

    [Fact]
    public void Trapezoids_give_the_integral_of_the_page() =>
        Assert.Equal(1200, Series((0, 0), (20, 10), (40, 30), (60, 20), (80, 0)).Integral(), 1e-9);

    [Fact]
    public void Values_at_the_ends_of_a_span_are_interpolated() =>
        Assert.Equal((10 * 20) + (2 * 7.5 * 10), Series((0, 0), (20, 10), (40, 10), (60, 0)).Integral(10, 50), 1e-9);

    [Fact]
    public void A_flux_calibration_counts_electrons()
    {
        FluxCalibration result = FluxCalibration.Of(2.0000e-9, 4.0000e-4, 4);
        Assert.Equal(1.92971, result.SensitivityCPerMol!.Value, 1e-5);
        Assert.Null(FluxCalibration.Of(1e-9, 0, 4).SensitivityCPerMol);
    }

    [Fact]
    public void Overlapping_masses_are_told_apart()
    {
        var overlap = new Overlap(new[,] { { 0.1379, 0, 0 }, { 1, 1, 0.0981 }, { 0, 0, 1.0 } }, null);
        double[] gases = overlap.Solve([1.000e-13, 1.500e-12, 2.000e-12]);
        Assert.Equal(7.252e-13, gases[0], 1e-16);
        Assert.Equal(5.786e-13, gases[1], 1e-16);
        Assert.Equal(2.000e-12, gases[2], 1e-20);
    }

    [Fact]
    public void Masses_that_do_not_tell_the_gases_apart_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Overlap(new[,] { { 1.0, 1.0 } }, null));

    [Fact]
    public void A_linear_background_passes_through_both_spans()
    {
        TimedSeries line = new(Enumerable.Range(0, 100).Select(k => (k * 10.0, 5 + (0.01 * k * 10))));
        Background background = Background.Linear(line.Between(0, 100), line.Between(800, 990));
        Assert.Equal(line.At(500), background.At(500), 1e-12);
    }

    [Fact]
    public void A_decay_is_found_from_spans_before_and_after()
    {
        TimedSeries decay = new(Enumerable.Range(0, 3000).Select(k => (k * 20.0, 2 + (3 * Math.Exp(-k * 20.0 / 7200)))));
        Background background = Background.Exponential(decay.Between(0, 1800), decay.Between(50_000, 60_000), null);
        Assert.Equal(7200, background.DecaySeconds, 1);
        Assert.Equal(decay.At(20_000), background.At(20_000), 1e-4);
    }

    [Fact]
    public void A_decay_that_noise_hides_is_taken_as_constant()
    {
        const int seed = 5;
        var random = new Random(seed);
        TimedSeries flat = new(Enumerable.Range(0, 90).Select(k => (k * 20.0, 1 + (0.1 * (random.NextDouble() - 0.5)))));
        Assert.Equal("constant", Background.Exponential(flat, null, 7200).Model);
    }

    [Fact]
    public void The_onset_is_where_the_trailing_mean_leaves_the_noise_for_good()
    {
        const int seed = 3;
        var random = new Random(seed);
        TimedSeries flux = new(Enumerable.Range(0, 3000).Select(k => (k * 10.0, (random.NextDouble() - 0.5) + (k >= 1000 && k < 2000 ? (k - 1000) * 0.05 : 0))));
        double sigma = Onset.Sigma(flux.Between(0, 5000));
        TimedSeries mean = Onset.TrailingMean(flux);
        double onset = Onset.Find(mean, sigma, 5000, 20_000)!.Value;
        Assert.InRange(onset, 10_000, 10_600);
        Assert.Null(Onset.Find(mean, 1e6, 5000, 20_000));
        Assert.InRange(Onset.FindEnd(mean, sigma, 20_000)!.Value, 20_000, 20_400);
    }

    [Fact]
    public void A_short_spike_is_no_onset()
    {
        TimedSeries flux = new(Enumerable.Range(0, 1000).Select(k => (k * 10.0, k is >= 500 and < 505 ? 50.0 : k % 2 == 0 ? 0.5 : -0.5)));
        Assert.Null(Onset.Find(Onset.TrailingMean(flux), 0.5, 1000, 10_000));
    }

    [Fact]
    public void A_gap_in_the_signal_is_left_out_and_told()
    {
        TimedSeries flux = new(Enumerable.Range(0, 100).Where(k => k is < 40 or >= 60).Select(k => (k * 10.0, 1.0)));
        (double amount, double missing) = GasAmount.Integrate(flux, 0, 990);
        Assert.Equal(390 + 390, amount, 1e-9);
        Assert.Equal(210, missing, 1e-9);
    }

    [Fact]
    public void One_percent_of_a_steady_flux_is_out_after_one_percent_of_its_time()
    {
        TimedSeries flux = new(Enumerable.Range(0, 1001).Select(k => (k * 1.0, 2.0)));
        Assert.Equal(10, GasAmount.TimeOfShare(flux, 0, 1000, 0.01)!.Value, 1e-9);
    }
}
