using System.Globalization;
using System.Numerics;
using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Autolab;

/// <summary>What is measured through driver, bridge program and stand-in is what the cell model predicts.</summary>
public sealed class AutolabPhysicsTests
{
    private static readonly SafetyLimits s_limits = new(4.9, 1.5, null, null, null, 5);

    /// <summary>As assembled, and after 200 cycles: 1 cycle at 0.1C, 200 at 1C, 1 at 0.1C that ends at 2.0 V, 2 h rest, as the published spectra.</summary>
    [Theory]
    [InlineData("LMNO", "before", 3.100, 1.25e-14)]
    [InlineData("LMNPO-VO", "before", 3.100, 2.92e-14)]
    [InlineData("LMNO", "after", 2.218, 5.99e-15)]
    [InlineData("LMNPO-VO", "after", 2.220, 1.46e-14)]
    public async Task A_potentiostatic_spectrum_before_and_after_cycling_is_the_model_s(string material, string when, double restVolts, double diffusion)
    {
        await using AutolabBench bench = await AutolabBench.StartAsync(speed: 2000, material: material, past: when == "before" ? "[]" : Cycled());
        var plan = new SpectrumPlan(Excitation.Potential, 0.01, 100e3, 0.01, 71);

        SpectrumReading reading = await MeasureAsync(bench, plan);

        AssertIsModel(reading, $"eis-{material.ToLowerInvariant()}-{when}.csv", when == "before" ? 0.015 : 0.03);
        Assert.Equal(restVolts, reading.OpenCircuitVolts!.Value, when == "before" ? 3e-4 : 3e-3);
        Assert.InRange(Diffusion(reading), 0.88 * diffusion, 1.12 * diffusion);
    }

    [Fact]
    public async Task A_galvanostatic_spectrum_is_the_same()
    {
        await using AutolabBench bench = await AutolabBench.StartAsync(speed: 2000);
        AssertIsModel(await MeasureAsync(bench, new SpectrumPlan(Excitation.Current, 50e-6, 100e3, 0.1, 31)), "eis-lmno-before.csv", 0.015);
    }

    [Fact]
    public async Task A_lead_that_is_off_is_no_spectrum()
    {
        await using AutolabBench bench = await AutolabBench.StartAsync(speed: 2000);
        await bench.Simulator.SetFaultAsync("open-lead");
        SpectrumReading reading = await ReadAsync(bench, new SpectrumPlan(Excitation.Potential, 0.01, 100e3, 1, 11));
        Assert.Equal(SpectrumOutcome.EndedEarly, reading.Outcome);
        Assert.Contains(reading.Notes, note => note.Contains("open lead", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reading_that_is_not_a_number_is_told_and_the_spectrum_goes_on()
    {
        await using AutolabBench bench = await AutolabBench.StartAsync(speed: 2000);
        IDevice device = await bench.CreateConnectedAsync();
        await bench.Simulator.SetFaultAsync("not-a-number", null, ("times", "1"));
        SpectrumReading reading = await ReadAsync(bench, new SpectrumPlan(Excitation.Potential, 0.01, 100e3, 1, 11, RestSeconds: 1), device);
        Assert.Equal((SpectrumOutcome.Complete, 11), (reading.Outcome, reading.Points.Count));
        Assert.Contains(reading.Notes, note => note.Contains("not numbers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_charge_ends_at_its_potential_and_a_limit_ends_the_test()
    {
        await using AutolabBench bench = await AutolabBench.StartAsync(speed: 1000);
        var charge = new CellProgram("charge", [new CurrentStep(1, "main", 5e-4, null, null, 3.5)], new RecordRule(10, 0.005, null), s_limits, 5e-4);
        Following first = await RunAsync(bench, charge);
        Assert.InRange(first.Records[^1].VoltageVolts, 3.5 - 1e-4, 3.505);
        Assert.All(first.Records, r => Assert.Equal(5e-4, r.CurrentAmperes, 1e-6));

        var limited = new CellProgram(
            "limited", [new CurrentStep(1, "main", 5e-4, null, 3600, 4.8)], new RecordRule(10, null, null), s_limits with { MaxVolts = 3.6 }, 5e-4);
        Following second = await RunAsync(bench, limited, FollowOutcome.EndedEarly);
        Assert.InRange(second.Records[^1].VoltageVolts, 3.6, 3.61);
        Assert.Contains(second.Notes, note => note.Contains("limit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Titration_pulses_follow_each_other_without_a_gap()
    {
        await using AutolabBench bench = await AutolabBench.StartAsync(speed: 3000);
        var program = new CellProgram(
            "gitt", [new CurrentStep(1, "gitt", 5e-5, null, 600, 4.75), new RestStep(2, "gitt", 1800), new LoopStep(3, "gitt", 1, 3)],
            new RecordRule(10, null, null), s_limits, 5e-4);

        Following following = await RunAsync(bench, program);

        Assert.Equal([1, 2, 1, 2, 1, 2], following.StepTimes.Select(s => s.StepId));
        Assert.All(following.StepTimes.Zip(following.StepTimes.Skip(1)), pair => Assert.Equal(pair.First.StartSeconds + pair.First.DurationSeconds, pair.Second.StartSeconds, 0.01));
        Assert.All(following.StepTimes, s => Assert.Equal(s.StepId == 1 ? 600 : 1800, s.DurationSeconds, 0.1));
        Assert.True(following.Records[^1].VoltageVolts > 3.1);
    }

    [Fact]
    public async Task Holds_and_scans_follow_their_potential()
    {
        await using AutolabBench bench = await AutolabBench.StartAsync(speed: 1000);
        var program = new CellProgram(
            "cv",
            [
                new VoltageStep(1, "main", 3.2, true, 7200, 1e-5), new ScanStep(2, "cv", 3.2, 3.4, 1e-3), new ScanStep(3, "cv", 3.4, 3.2, 1e-3), new LoopStep(4, "cv", 2, 2),
            ],
            new RecordRule(5, null, null), s_limits, 5e-4);

        Following following = await RunAsync(bench, program);

        InstrumentRecord[] hold = [.. following.Records.Where(r => r.StepCount == 1)];
        Assert.All(hold, r => Assert.Equal(3.2, r.VoltageVolts, 2e-4));
        Assert.InRange(hold[^1].CurrentAmperes, 0, 1.05e-5);
        Assert.All(new[] { 3.4, 3.2, 3.4, 3.2 }.Zip(Enumerable.Range(2, 4)), pair =>
            Assert.Equal(pair.First, following.Records.Last(r => r.StepCount == pair.Second).VoltageVolts, 2e-3));
        Assert.True(following.Records.First(r => r.StepCount == 2 && r.VoltageVolts > 3.3).CurrentAmperes > 0);
    }

    private static string Cycled()
    {
        IEnumerable<string> cycles = Enumerable.Repeat("""{"current_ma": 0.5, "until_v": 4.8}, {"current_ma": -0.5, "until_v": 2.0}""", 200);
        const string Slow = """{"current_ma": 0.05, "until_v": 4.8}, {"current_ma": -0.05, "until_v": 2.0}""";
        return $$"""[ {{Slow}}, {{string.Join(", ", cycles)}}, {{Slow}}, {"seconds": 7200} ]""";
    }

    private static async Task<Following> RunAsync(AutolabBench bench, CellProgram program, FollowOutcome outcome = FollowOutcome.Complete)
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

    private static async Task<SpectrumReading> MeasureAsync(AutolabBench bench, SpectrumPlan plan)
    {
        SpectrumReading reading = await ReadAsync(bench, plan);
        Assert.True(reading.Outcome == SpectrumOutcome.Complete, string.Join("; ", reading.Notes));
        Assert.Equal(plan.Points, reading.Points.Count);
        return reading;
    }

    private static async Task<SpectrumReading> ReadAsync(AutolabBench bench, SpectrumPlan plan, IDevice? connected = null)
    {
        IDevice device = connected ?? await bench.CreateConnectedAsync();
        Assert.True(device.TryGet(out IImpedanceAnalyzer? analyzer));
        await analyzer!.StartSpectrumAsync(bench.Channel, plan, CancellationToken.None);
        SpectrumReading? reading = null;
        await Eventually.TrueAsync(
            async () => (reading = await analyzer.PollSpectrumAsync(bench.Channel, 0, CancellationToken.None)).Outcome != SpectrumOutcome.Running, "the spectrum", 120);
        return reading!;
    }

    /// <summary>Every point within this share of the model's published spectrum; the noise is 0.2 % and 0.2 degrees.</summary>
    private static void AssertIsModel(SpectrumReading reading, string file, double tolerance)
    {
        double[][] model = [.. File.ReadLines(DataFile(file)).Skip(1).Select(line => line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())];
        foreach (SpectrumPoint point in reading.Points)
        {
            double[] row = model.Single(r => Math.Abs(r[0] - point.Hertz) < 1e-4 * point.Hertz);
            var expected = new Complex(row[1], row[2]);
            var found = new Complex(point.RealOhms!.Value, point.ImaginaryOhms!.Value);
            Assert.True((found - expected).Magnitude <= tolerance * expected.Magnitude, $"{point.Hertz} Hz: {found} instead of {expected}");
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
        double x = points.Average(p => p.X);
        double y = points.Average(p => p.Y);
        double sigma = points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
        double ratio = 8.31446261815324 * 298.15 / (0.785398 * Math.Pow(96485.33212, 2) * 0.0600 * sigma);
        return ratio * ratio / 2;
    }
}
