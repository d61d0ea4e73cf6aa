using System.Numerics;
using CellLab.Analysis.Impedance;

namespace CellLab.Tests.Analysis.Impedance;

/// <summary>The worked examples of the electrochemistry page, section 4.</summary>
public sealed class Impedance_vectors
{
    private const string Code = "R-(RQ)-(RQ)-W";

    internal static readonly double[] Truth = [5, 20, 1e-5, 0.9, 60, 2e-3, 0.8, 15];

    internal static double[] Grid { get; } = [.. Enumerable.Range(0, 71).Select(point => Math.Pow(10, 5 - (point / 10.0)))];

    internal static Spectrum Of(double[] parameters)
    {
        Circuit circuit = Circuit.Parse(Code);
        return new Spectrum(Grid, [.. Grid.Select(hertz => circuit.At(hertz, parameters))]);
    }

    private static double[] With(double sigma) => [.. Truth[..7], sigma];

    [Theory]
    [InlineData(1e5, 5.1342258771, -0.6211076027)]
    [InlineData(1e4, 6.7645009952, -4.3174704211)]
    [InlineData(1e3, 20.3753932593, -7.8183934727)]
    [InlineData(100, 26.3110607339, -4.5302273778)]
    [InlineData(10, 35.5840175887, -15.5921454203)]
    [InlineData(1, 74.6614640270, -24.6800019260)]
    [InlineData(0.1, 102.0847820992, -23.3888572994)]
    [InlineData(0.01, 144.5899113323, -60.5838387453)]
    public void The_circuit_has_the_impedance_of_the_page(double hertz, double real, double imaginary)
    {
        Complex ohms = Circuit.Parse(Code).At(hertz, Truth);
        Assert.Equal(real, ohms.Real, 1e-9);
        Assert.Equal(imaginary, ohms.Imaginary, 1e-9);
    }

    [Theory]
    [InlineData("R-(RQ)-(RQ)-W", "R0 R1 Q1 n1 R2 Q2 n2 sigma")]
    [InlineData("R(RQ)(RQ)W", "R0 R1 Q1 n1 R2 Q2 n2 sigma")]
    [InlineData("R0-(R1 Q1)-(R2 Q2)-W", "R0 R1 Q1 n1 R2 Q2 n2 sigma")]
    [InlineData("R0-p(R1,CPE1)-p(R2,CPE2)-W1", "R0 R1 CPE1_0 CPE1_1 R2 CPE2_0 CPE2_1 W1")]
    [InlineData("R0-p(R1,C1)-p(R2-Wo1,C2)", "R0 R1 C1 R2 Wo1_0 Wo1_1 C2")]
    [InlineData("R(Q[RW])", "R0 Q1 n1 R1 sigma")]
    public void Codes_of_several_habits_name_their_parameters(string code, string names) =>
        Assert.Equal(names, string.Join(' ', Circuit.Parse(code).Names));

    [Theory]
    [InlineData("")]
    [InlineData("R-(RQ")]
    [InlineData("R-X")]
    [InlineData("(R)")]
    [InlineData("R1-R1")]
    [InlineData("R)")]
    public void A_code_that_cannot_be_read_is_refused_with_the_place(string code) =>
        Assert.Contains("circuit", Assert.Throws<FormatException>(() => Circuit.Parse(code)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_noise_free_fit_from_the_given_start_returns_all_parameters()
    {
        CircuitFitResult fit = CircuitFit.FitFrom(Of(Truth), Circuit.Parse(Code), true, [3, 10, 1e-4, 0.85, 100, 1e-2, 0.85, 5]);
        for (int parameter = 0; parameter < Truth.Length; parameter++)
        {
            Assert.Equal(1, fit.Values[parameter] / Truth[parameter], 1e-6);
        }
    }

    [Fact]
    public void The_program_finds_the_parameters_without_a_start()
    {
        CircuitFitResult fit = CircuitFit.Fit(Of(Truth), Circuit.Parse(Code), true)!;
        for (int parameter = 0; parameter < Truth.Length; parameter++)
        {
            Assert.Equal(1, fit.Values[parameter] / Truth[parameter], 1e-5);
        }

        Assert.True(fit.LargestRelative < 1e-6);
    }

    [Fact]
    public void Errors_of_the_parameters_describe_the_scatter_of_noisy_fits()
    {
        const int seed = 17;
        var random = new Random(seed);
        var inside = 0;
        for (int run = 0; run < 20; run++)
        {
            Spectrum clean = Of(Truth);
            var noisy = new Spectrum(clean.Hertz, [.. clean.Ohms.Select(ohms => ohms * (1 + new Complex(Gaussian(random), Gaussian(random)) * 0.002))]);
            CircuitFitResult fit = CircuitFit.FitFrom(noisy, Circuit.Parse(Code), true, Truth);
            inside += Math.Abs(fit.Values[7] - 15) < 2 * fit.Sigmas[7]!.Value ? 1 : 0;
        }

        Assert.True(inside >= 16, $"{inside} of 20 within two standard errors (seed {seed})");
    }

    [Theory]
    [InlineData(0.01, 0.1, 11, 15.52214286, 82.93922124)]
    [InlineData(0.01, 0.05, 7, 15.26929930, 83.73560623)]
    [InlineData(0.01, 0.02, 4, 15.16671172, double.NaN)]
    public void The_warburg_slope_has_the_bias_of_the_page(double low, double high, int points, double sigma, double intercept)
    {
        WarburgResult result = Warburg.InWindow(Of(Truth), low, high)!;
        Assert.Equal(points, result.Points);
        Assert.Equal(sigma, result.Sigma, 1e-7);
        Assert.Equal(double.IsNaN(intercept) ? result.Intercept : intercept, result.Intercept, 1e-7);
        Assert.Equal(result with { LowHz = 0, HighHz = 0 }, Warburg.LowestPoints(Of(Truth), points)! with { LowHz = 0, HighHz = 0 });
    }

    [Fact]
    public void The_imaginary_slope_and_r2_stand_beside_it()
    {
        WarburgResult result = Warburg.InWindow(Of(Truth), 0.01, 0.1)!;
        Assert.Equal(13.73939317, result.ImaginarySigma, 1e-7);
        Assert.Equal(0.99975416, result.RSquared, 1e-8);
    }

    [Theory]
    [InlineData(10, 1.597669927e-13)]
    [InlineData(50, 6.390679709e-15)]
    [InlineData(100, 1.597669927e-15)]
    [InlineData(200, 3.994174818e-16)]
    [InlineData(500, 6.390679709e-17)]
    public void The_diffusion_coefficient_follows_from_the_slope(double sigma, double diffusion) =>
        Assert.Equal(1, Warburg.Diffusion(sigma, Math.PI / 4, 1.2 * 4.25 / 85.03) / diffusion, 1e-8);

    [Theory]
    [InlineData(0, 21, true, 6.97e-4, 7.62e-4)]
    [InlineData(0, 35, true, 1.0e-5, 8.4e-6)]
    [InlineData(15, 21, true, 1.96e-3, 4.09e-3)]
    [InlineData(15, 35, true, 9.7e-4, 9.2e-4)]
    public void Kramers_kronig_residuals_of_clean_spectra_are_those_of_the_page(double sigma, int elements, bool capacitor, double real, double imaginary)
    {
        LinKkResult result = LinKk.Fit(Of(With(Math.Max(sigma, 1e-300))), elements, capacitor, realOnly: false);
        Assert.Equal(1, result.LargestReal / real, 0.06);
        Assert.Equal(1, result.LargestImaginary / imaginary, 0.06);
    }

    [Fact]
    public void The_classic_rule_without_a_capacitor_raises_a_false_alarm_on_a_tail()
    {
        LinKkResult result = LinKk.Classic(Of(Truth), 0.85, 50, capacitor: false, realOnly: false);
        Assert.Equal(17, result.Elements);
        Assert.Equal(7.6e-2, result.LargestReal, 1e-3);
        Assert.Equal(2.8e-2, result.LargestImaginary, 1e-3);
    }

    [Fact]
    public void The_rule_in_use_calls_the_same_spectrum_good() => Assert.True(LinKk.Test(Of(Truth)) is { LargestReal: < 0.01, LargestImaginary: < 0.01 });

    [Fact]
    public void A_spectrum_that_drifts_while_it_is_measured_is_found()
    {
        double elapsed = 0;
        double whole = Grid.Sum(hertz => Math.Max(1, 3 / hertz));
        Complex[] ohms = [.. Grid.Select(hertz =>
        {
            elapsed += Math.Max(1, 3 / hertz);
            return Circuit.Parse(Code).At(hertz, [5, 20, 1e-5, 0.9, 60 * (1 + (0.5 * elapsed / whole)), 2e-3, 0.8, 1e-300]);
        })];
        LinKkResult result = LinKk.Fit(new Spectrum(Grid, ohms), 21, capacitor: true, realOnly: false);
        Assert.Equal(4.11e-2, result.LargestReal, 5e-4);
        Assert.Equal(5.39e-2, result.LargestImaginary, 5e-4);
        Assert.Equal(0.604, result.Mu, 5e-3);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, -3, -2, -1 }, 0)]
    [InlineData(new double[] { -1, 2, 4, -3, 4, -1 }, 0.5)]
    public void Mu_compares_negative_with_positive_elements(double[] resistances, double mu) => Assert.Equal(mu, LinKk.Mu(resistances), 1e-12);

    [Fact]
    public void Time_constants_reach_from_the_highest_to_the_lowest_frequency()
    {
        double[] hertz = [.. new[] { 1000, 100, 10, 1, 0.1 }.Select(w => w / (2 * Math.PI))];
        double[] times = LinKk.TimeConstants(new Spectrum(hertz, new Complex[5]), 3);
        Assert.Equal(0.001, times[0], 1e-12);
        Assert.Equal(0.1, times[1], 1e-10);
        Assert.Equal(10, times[2], 1e-8);
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
