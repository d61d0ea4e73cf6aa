using CellLab.Analysis.Diffraction;
using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Analysis.Diffraction;

public sealed class Peak_fit
{
    private const int Seed = 11;

    private static double Voigt(double at, double position, double height, double width, double mixing)
    {
        double distance = (at - position) / (width / 2);
        return height * ((mixing / (1 + (distance * distance))) + ((1 - mixing) * Math.Exp(-Math.Log(2) * distance * distance)));
    }

    private static double[] Grid(double from, double to) => [.. Enumerable.Range(0, (int)Math.Round((to - from) / 0.02)).Select(k => from + (0.02 * k))];

    [Theory]
    [InlineData(18.13, 4.8891, 14.6672)]
    [InlineData(18.21, 4.8678, 14.6033)]
    [InlineData(18.26, 4.8546, 14.5637)]
    [InlineData(18.42, 4.8127, 14.4382)]
    public void Spacings_of_the_003_reflection_are_those_of_the_page(double angle, double spacing, double c)
    {
        Assert.Equal(spacing, Lattice.Spacing(angle, Lattice.CopperAngstrom), 1e-4);
        Assert.Equal(c, 3 * Lattice.Spacing(angle, Lattice.CopperAngstrom), 1e-3);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.4)]
    [InlineData(1.0)]
    public void A_clean_reflection_comes_back_between_two_points_of_the_grid(double mixing)
    {
        double[] degrees = Grid(17, 20);
        PeakResult fit = PeakFit.Fit(degrees, [.. degrees.Select(at => Voigt(at, 18.3971, 5000, 0.15, mixing) + 200 - (10 * at))])!;
        Assert.Equal(18.3971, fit.Position, 1e-6);
        Assert.Equal(5000, fit.Height, 0.5);
        Assert.Equal(0.15, fit.Width, 1e-5);
    }

    [Fact]
    public void Counting_noise_moves_the_position_by_about_its_standard_error()
    {
        var random = new Random(Seed);
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] degrees = Grid(17, 20);
        int inside = Enumerable.Range(0, 20).Count(_ =>
        {
            double[] counts = [.. degrees.Select(at => Voigt(at, 18.3, 1000, 0.2, 0.5) + 100).Select(mean => Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Noise()))))];
            PeakResult fit = PeakFit.Fit(degrees, counts)!;
            return Math.Abs(fit.Position - 18.3) < 2 * fit.PositionError;
        });
        Assert.True(inside >= 16, $"{inside} of 20 within two standard errors (seed {Seed})");
    }

    [Fact]
    public void Where_nothing_stands_out_there_is_no_reflection()
    {
        double[] degrees = Grid(17, 18);
        Assert.Null(PeakFit.Fit(degrees, [.. degrees.Select(_ => 100.0)]));
        Assert.Null(PeakFit.Fit([1, 2, 3], [1, 2, 1]));
    }

    [Theory]
    [InlineData("a.xy")]
    [InlineData("a.xrdml")]
    public void A_pattern_file_gives_both_reflections(string name)
    {
        double[] degrees = Grid(15, 50);
        double[] counts = [.. degrees.Select(at => Voigt(at, 18.3, 3000, 0.15, 0.5) + Voigt(at, 44.4, 2000, 0.2, 0.5) + 50)];
        string text = name.EndsWith(".xy", StringComparison.Ordinal)
            ? "# two theta, counts\n" + Analyzed.Lines(degrees.Zip(counts).Select(point => (FormattableString)$"{point.First:R} {point.Second:R}"))
            : "<?xml version=\"1.0\"?>\n<xrdMeasurements xmlns=\"http://www.xrdml.com/XRDMeasurement/1.5\"><xrdMeasurement><scan><dataPoints><positions axis=\"2Theta\" unit=\"deg\">"
                + FormattableString.Invariant($"<startPosition>{degrees[0]:R}</startPosition><endPosition>{degrees[^1]:R}</endPosition></positions><intensities unit=\"counts\">")
                + string.Join(' ', counts.Select(count => count.ToString("R", System.Globalization.CultureInfo.InvariantCulture))) + "</intensities></dataPoints></scan></xrdMeasurement></xrdMeasurements>";
        XrdSection xrd = Analyzed.Text(name, text, """{"xrd": {"displacement_offset_deg": -0.1}}""").Xrd!;
        Assert.Equal(18.3, xrd.Peaks["003"].PositionDeg, 1e-4);
        Assert.Equal(44.4, xrd.Peaks["104"].PositionDeg, 1e-4);
        Assert.Equal(3 * Lattice.Spacing(18.4, Lattice.CopperAngstrom), xrd.CAngstrom!.Value, 1e-4);
        Assert.Equal(3000 * 0.15 / (2000 * 0.2), xrd.I003I104!.Value, 1e-3);
    }
}
