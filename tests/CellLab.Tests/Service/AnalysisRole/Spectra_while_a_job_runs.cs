using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CellLab.Analysis.Impedance;
using CellLab.Core.Records;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.AnalysisRole;

[Trait("Suite", "Broad")]
public sealed class Spectra_while_a_job_runs
{
    private const int PointsOfOne = 36;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_live_result_of_a_spectrum_is_that_of_the_file_with_the_same_points()
    {
        CompanionRow[] rows = [.. Spectrum(1, 1, 15), .. Spectrum(2, PointsOfOne + 1, 30)];
        await using var bench = new RoleBench();
        await bench.StartAsync();

        foreach (CompanionRow[] message in rows.Chunk(5))
        {
            bench.Service.Store(message);
            bench.Broker.Deliver(message);
        }

        await Eventually.TrueAsync(() => bench.Broker.Analyses("eis").Count == 2, "two spectra"); // while the job still runs
        Assert.Equal([1, 2], bench.Broker.Analyses("eis").Select(payload => payload.Item));
        foreach ((CompanionRow[] spectrum, JsonElement live) in rows.Chunk(PointsOfOne).Zip(Results(bench)))
        {
            string file = string.Concat(spectrum.Select(row => (ImpedanceBody)row.Body).Select(
                point => string.Create(CultureInfo.InvariantCulture, $"{point.FrequencyHertz:R},{point.RealOhms:R},{point.ImaginaryOhms:R}\n")));
            Assert.Equal(Analyzed.Text("spectrum.csv", file).Json().GetProperty("eis").GetRawText(), live.GetProperty("eis").GetRawText());
            Assert.True(live.GetProperty("complete").GetBoolean());
            Assert.StartsWith("eis-1 ", live.GetProperty("method").GetString(), StringComparison.Ordinal);
        }

        JsonElement circuit = Results(bench)[0].GetProperty("eis").GetProperty("circuit").GetProperty("parameters");
        Assert.Equal(15, circuit.GetProperty("sigma").GetProperty("value").GetDouble(), 1e-3);
        Assert.Equal(30, Results(bench)[1].GetProperty("eis").GetProperty("circuit").GetProperty("parameters").GetProperty("sigma").GetProperty("value").GetDouble(), 1e-3);
        JsonElement tail = Results(bench)[0].GetProperty("eis").GetProperty("warburg")[0];
        Assert.True(tail.GetProperty("d_cm2_s").GetDouble() > 0 && tail.GetProperty("area_cm2_assumed").GetDouble() > 0);
    }

    [Fact]
    public async Task Lost_repeated_and_disordered_messages_and_a_restart_change_no_result_and_repeat_none()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        CompanionRow[] rows = [.. Spectrum(1, 1, 15), .. Spectrum(2, PointsOfOne + 1, 30), .. Spectrum(3, (2 * PointsOfOne) + 1, 45)[..20]];
        await using var bench = new RoleBench();
        await bench.StartAsync();
        bench.Service.Store(rows);
        foreach (CompanionRow[] message in rows[..^25].Chunk(7))
        {
            int from = Math.Max(0, (int)message[0].Sequence - 1 - random.Next(12));
            if (random.Next(3) > 0)
            {
                bench.Broker.Deliver(rows[from..(int)message[^1].Sequence]);
            }
        }

        await Eventually.TrueAsync(() => bench.Reader.CountAnalysed(FakeService.Job, Streams.Impedance) == rows.Length, $"all rows, seed {seed}");
        await bench.EndAsync();
        bench.Service.Complete();
        await bench.StartAsync();
        await Eventually.TrueAsync(() => Results(bench).Count == 3, $"three spectra, seed {seed}");
        await Eventually.TrueAsync(() => bench.Broker.Analyses("eis").Count == 3, "three messages");
        await Eventually.TrueAsync(() => bench.Service.Surveys > 5, "nothing more comes");

        Assert.Equal([1, 2, 3], bench.Broker.Analyses("eis").Select(payload => payload.Item));
        Assert.Equal([true, true, false], Results(bench).Select(result => result.GetProperty("complete").GetBoolean()));
        Assert.Equal([1L, PointsOfOne + 1, (2 * PointsOfOne) + 1], Results(bench).Select(result => result.GetProperty("first_row").GetInt64()));
        Assert.Equal(rows.Length, bench.Reader.CountAnalysed(FakeService.Job, Streams.Impedance));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_amended_diameter_makes_the_diffusion_coefficients_anew(bool ended)
    {
        CompanionRow[] rows = [.. Spectrum(1, 1, 15), .. Spectrum(2, PointsOfOne + 1, 30)];
        await using var bench = new RoleBench();
        bench.Service.Change(facts => facts with { DiameterMillimetres = 10 });
        bench.Service.Store(rows);
        if (ended)
        {
            bench.Service.Complete();
        }

        await bench.StartAsync();
        await Eventually.TrueAsync(() => Coefficients(bench).Length == 2, "both spectra");
        double[] before = Coefficients(bench);

        bench.Service.Change(facts => facts with { DiameterMillimetres = 12, SampleVersion = 2 });

        await Eventually.TrueAsync(() => Math.Abs((Coefficients(bench)[1] / before[1]) - Math.Pow(10 / 12.0, 4)) < 1e-9, "D of a disc of 12 mm");
        Assert.Equal(before[0] * Math.Pow(10 / 12.0, 4), Coefficients(bench)[0], before[0] * 1e-9);
    }

    private static double[] Coefficients(RoleBench bench) =>
        [.. Results(bench).Select(result => result.GetProperty("eis").GetProperty("warburg")[0].GetProperty("d_cm2_s").GetDouble())];

    [Fact]
    public async Task Points_without_a_number_are_left_out_and_counted()
    {
        CompanionRow[] rows = [.. Spectrum(1, 1, 15).Select(row => row.Sequence % 9 == 0
            ? row with { Body = (ImpedanceBody)row.Body with { RealOhms = null, ImaginaryOhms = null, Overloaded = true } }
            : row)];
        await using var bench = new RoleBench();
        bench.Service.Store(rows);
        await bench.StartAsync();

        await Eventually.TrueAsync(() => Results(bench).Count == 1, "the spectrum");

        JsonElement result = Results(bench)[0];
        Assert.Equal((PointsOfOne, 4), (result.GetProperty("points").GetInt32(), result.GetProperty("left_out").GetInt32()));
        Assert.Equal(PointsOfOne - 4, result.GetProperty("eis").GetProperty("spectrum").GetProperty("re_ohm").GetArrayLength());
    }

    private static List<JsonElement> Results(RoleBench bench) =>
        [.. bench.Reader.ReadResults(FakeService.Job, "eis").Select(result => JsonElement.Parse(result.ResultJson))];

    /// <summary>100 kHz to 10 mHz, five points a decade, with another Warburg slope each.</summary>
    private static CompanionRow[] Spectrum(int number, long first, double sigma)
    {
        Circuit circuit = Circuit.Parse("R-(RQ)-(RQ)-W");
        return
        [
            .. Enumerable.Range(0, PointsOfOne).Select(k =>
            {
                double hertz = Math.Pow(10, 5 - (k / 5.0));
                Complex ohms = circuit.At(hertz, [5, 20, 1e-5, 0.9, 60, 2e-3, 0.8, sigma]);
                return new CompanionRow(
                    FakeService.Job, Streams.Impedance, first + k, Start.AddSeconds(first + k), Start.AddSeconds(first + k), first + k,
                    new ImpedanceBody(number, "before", k + 1, hertz, ohms.Real, ohms.Imaginary, false, 3.01, PointsOfOne));
            }),
        ];
    }
}
