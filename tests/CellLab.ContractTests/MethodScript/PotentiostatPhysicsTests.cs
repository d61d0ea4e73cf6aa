using System.Globalization;
using System.Numerics;
using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.MethodScript;

/// <summary>What is measured through the wire is what the cell model predicts.</summary>
public sealed class PotentiostatPhysicsTests
{
    private static readonly SafetyLimits s_limits = new(4.9, 1.5, null, null, null, 5);

    [Theory]
    [InlineData("LMNO", "tcp")]
    [InlineData("LMNPO-VO", "serial")]
    public async Task A_potentiostatic_spectrum_of_a_fresh_cell_is_the_model_s(string material, string wire)
    {
        await using PotentiostatBench bench = await PotentiostatBench.StartAsync(speed: 2000, wire: wire, material: material);
        var plan = new SpectrumPlan(Excitation.Potential, 0.01, 100e3, 0.01, 71);

        SpectrumReading reading = await MeasureAsync(bench, plan);

        AssertIsModel(reading, material);
        Assert.Equal(3.100, reading.OpenCircuitVolts!.Value, 3e-4);
        Assert.InRange(Diffusion(reading), 0.88 * ExpectedDiffusion(material), 1.12 * ExpectedDiffusion(material));
    }

    [Fact]
    public async Task A_galvanostatic_spectrum_is_the_same()
    {
        await using PotentiostatBench bench = await PotentiostatBench.StartAsync(speed: 2000);
        AssertIsModel(await MeasureAsync(bench, new SpectrumPlan(Excitation.Current, 50e-6, 100e3, 0.1, 31)), "LMNO");
    }

    [Theory]
    [InlineData("LMNO", 6.25e-10, 0.12)]
    [InlineData("LMNPO-VO", 2.85e-9, 0.15)]
    public async Task Titration_pulses_give_the_model_s_diffusion_coefficient(string material, double expected, double tolerance)
    {
        const int Pulses = 5;
        await using PotentiostatBench bench = await PotentiostatBench.StartAsync(
            speed: 5000, material: material, past:
            """[ {"current_ma": 0.05, "until_v": 4.8}, {"current_ma": -0.05, "until_v": 2.0}, {"seconds": 7200}, {"current_ma": 0.05, "seconds": 14400}, {"seconds": 7200} ]""");
        var program = new CellProgram(
            "gitt",
            [new CurrentStep(1, "gitt", 5e-5, null, 600, 4.75), new RestStep(2, "gitt", 7200) { Record = new RecordRule(30, null, null) }, new LoopStep(3, "gitt", 1, Pulses)],
            new RecordRule(1, null, null), s_limits, 5e-4);

        Following following = await RunAsync(bench, program);

        double[] coefficients = [.. Enumerable.Range(0, Pulses - 1).Select(k => Titration(following.Records, 2 * k + 1))];
        Assert.Equal(2 * Pulses, following.StepTimes.Count);
        double median = coefficients.Order().ElementAt(coefficients.Length / 2);
        Assert.InRange(median, (1 - tolerance) * expected, (1 + tolerance) * expected);
    }

    [Fact]
    public async Task A_charge_ends_at_its_potential_and_a_limit_ends_the_test()
    {
        await using PotentiostatBench bench = await PotentiostatBench.StartAsync(speed: 1000);
        var charge = new CellProgram("charge", [new CurrentStep(1, "main", 5e-4, null, null, 3.5)], new RecordRule(10, 0.005, null), s_limits, 5e-4);
        Following first = await RunAsync(bench, charge);
        Assert.InRange(first.Records[^1].VoltageVolts, 3.5 - 1e-4, 3.505);
        Assert.All(first.Records.Zip(first.Records.Skip(1)), pair => Assert.InRange(pair.Second.SegmentTimeSeconds - pair.First.SegmentTimeSeconds, 0.9, 10.1));

        var limited = new CellProgram(
            "limited", [new CurrentStep(1, "main", 5e-4, null, 3600, 4.8)], new RecordRule(10, null, null), s_limits with { MaxVolts = 3.6 }, 5e-4);
        Following second = await RunAsync(bench, limited, FollowOutcome.EndedEarly);
        Assert.InRange(second.Records[^1].VoltageVolts, 3.6, 3.61);
        Assert.Contains(second.Notes, note => note.Contains("safety limit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Holds_and_scans_follow_their_potential()
    {
        await using PotentiostatBench bench = await PotentiostatBench.StartAsync(speed: 1000);
        var program = new CellProgram(
            "cv",
            [
                new VoltageStep(1, "main", 3.2, true, 7200, 1e-5), new ScanStep(2, "cv", 3.2, 3.4, 1e-3), new ScanStep(3, "cv", 3.4, 3.2, 1e-3),
                new LoopStep(4, "cv", 2, 2),
            ],
            new RecordRule(5, null, null), s_limits, 5e-4);

        Following following = await RunAsync(bench, program);

        InstrumentRecord[] hold = [.. following.Records.Where(r => r.StepCount == 1)];
        Assert.All(hold, r => Assert.Equal(3.2, r.VoltageVolts, 2e-4));
        Assert.InRange(hold[^1].CurrentAmperes, 0, 1.05e-5);
        Assert.Equal([3.4, 3.2, 3.4, 3.2], Enumerable.Range(2, 4).Select(n => Math.Round(following.Records.Last(r => r.StepCount == n).VoltageVolts, 4)));
        Assert.True(following.Records.First(r => r.StepCount == 2 && r.VoltageVolts > 3.3).CurrentAmperes > 0);
    }

    private static async Task<Following> RunAsync(PotentiostatBench bench, CellProgram program, FollowOutcome outcome = FollowOutcome.Complete)
    {
        IDevice device = await bench.CreateConnectedAsync();
        Assert.True(device.TryGet(out IProgramRunner? runner) & device.TryGet(out IChannelBank? bank));
        ChannelStatus started = await runner!.StartAsync(bench.Channel, program, "S1_00000001", CancellationToken.None);
        var following = new Following(bank!, bench.Channel, started.TestId!, program);
        await following.UntilAsync(r => r.Outcome != FollowOutcome.Following, "the end", 120);
        Assert.True(following.Outcome == outcome, $"{following.Outcome}: {string.Join("; ", following.Notes)}");
        following.AssertNoGapNoRepeat();
        await device.DisposeAsync();
        return following;
    }

    private static async Task<SpectrumReading> MeasureAsync(PotentiostatBench bench, SpectrumPlan plan)
    {
        IDevice device = await bench.CreateConnectedAsync();
        Assert.True(device.TryGet(out IImpedanceAnalyzer? analyzer));
        await analyzer!.StartSpectrumAsync(bench.Channel, plan, CancellationToken.None);
        SpectrumReading? reading = null;
        await Eventually.TrueAsync(
            async () => (reading = await analyzer.PollSpectrumAsync(bench.Channel, 0, CancellationToken.None)).Outcome != SpectrumOutcome.Running, "the spectrum", 120);
        Assert.True(reading!.Outcome == SpectrumOutcome.Complete, string.Join("; ", reading.Notes));
        Assert.Equal(plan.Points, reading.Points.Count);
        return reading;
    }

    /// <summary>Every point within 1.5 % of the model's published spectrum: seven times the noise of 0.2 % and 0.2 degrees.</summary>
    private static void AssertIsModel(SpectrumReading reading, string material)
    {
        double[][] model = [.. File.ReadLines(DataFile($"eis-{material.ToLowerInvariant()}-before.csv")).Skip(1)
            .Select(line => line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())];
        foreach (SpectrumPoint point in reading.Points)
        {
            double[] row = model.Single(r => Math.Abs(r[0] - point.Hertz) < 1e-4 * point.Hertz);
            var expected = new Complex(row[1], row[2]);
            var found = new Complex(point.RealOhms!.Value, point.ImaginaryOhms!.Value);
            Assert.True((found - expected).Magnitude <= 0.015 * expected.Magnitude, $"{point.Hertz} Hz: {found} instead of {expected}");
            Assert.True(found.Imaginary < 0, "a cell is capacitive");
        }
    }

    private static string DataFile(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "hardware-sim", "CellModel", "Data", name)))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "hardware-sim", "CellModel", "Data", name);
    }

    /// <summary>From Z' against w^-1/2 between 0.03 and 0.3 Hz: (R T)^2 / (2 A^2 F^4 C^2 sigma^2), A = 0.785398 cm2, C = 0.0600 mol/cm3.</summary>
    private static double Diffusion(SpectrumReading reading)
    {
        (double X, double Y)[] points =
            [.. reading.Points.Where(p => p.Hertz is > 0.029 and < 0.31).Select(p => (1 / Math.Sqrt(2 * Math.PI * p.Hertz), p.RealOhms!.Value))];
        double sigma = Slope(points);
        double ratio = 8.31446261815324 * 298.15 / (0.785398 * Math.Pow(96485.33212, 2) * 0.0600 * sigma);
        return ratio * ratio / 2;
    }

    private static double ExpectedDiffusion(string material) => material == "LMNO" ? 1.25e-14 : 2.92e-14;

    /// <summary>Weppner and Huggins in the slope form over 3 to 20 s: (4/pi) (L dEs / (tp dE/d sqrt t))^2, L = 5.99e-4 cm.</summary>
    private static double Titration(List<InstrumentRecord> records, int pulse)
    {
        double slope = Slope([.. records.Where(r => r.StepCount == pulse && r.StepTimeSeconds is > 2.5 and < 20.5).Select(r => (Math.Sqrt(r.StepTimeSeconds), r.VoltageVolts))]);
        double after = records.Last(r => r.StepCount == pulse + 1).VoltageVolts;
        double before = pulse > 1 ? records.Last(r => r.StepCount == pulse - 1).VoltageVolts : double.NaN;
        return double.IsNaN(before)
            ? Titration(records, pulse + 2)
            : 4 / Math.PI * Math.Pow(5.99e-4 * (after - before) / (600 * slope), 2);
    }

    private static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        double x = points.Average(p => p.X);
        double y = points.Average(p => p.Y);
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }
}
