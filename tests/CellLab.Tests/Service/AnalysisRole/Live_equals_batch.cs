using System.Security.Cryptography;
using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Analysis.Gitt;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Patterns;
using CellLab.Service.AnalysisRole;
using CellLab.Service.AnalysisRole.Companions.Gas;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Service.AnalysisRole.Gas;
using CellLab.Tests.Service.Offline.Analyze;
using CellLab.Tests.Storage;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>Of every analysis: the last result of a live run with lost and repeated messages and a restart in the middle is that of a batch over the stored rows.
/// Spectra have a class of their own, <see cref="Spectra_while_a_job_runs"/>.</summary>
[Trait("Suite", "Broad")]
public sealed class Live_equals_batch
{
    private readonly int _seed = Random.Shared.Next();

    [Fact]
    public async Task Of_cycles_curves_and_fade()
    {
        RecordRow[] rows = JobRows.OfCycles(8);
        await using var bench = new RoleBench();
        await RunLiveAsync(bench, rows, [], () => bench.Stored is [_, _, _, _, _, _, _, { Complete: true }]);

        CyclingBatch batch = bench.Batch(rows);
        var curves = new BatchCurves(bench.Service.Facts.Settings);
        var analysis = new CyclingAnalysis(bench.Service.Facts.Settings, curves);
        foreach (RecordRow row in rows)
        {
            CyclingRecord record = CyclingRecord.From(row);
            analysis.Add(record);
            curves.Add(record);
        }

        analysis.Finish(DataEnd.AsProgrammed);
        SameNumbers([FadeTable.Of(batch.Cycles.Select(cycle => cycle.ToView(bench.Service.Facts.Figures))).ToJson()], Results(bench, "life"));
        SameNumbers(curves.Json, Results(bench, "dqdv"));
        SameNumbers(batch.Cycles.Select(CyclingJson.Write), bench.Stored.Select(CyclingJson.Write));
    }

    [Fact]
    public async Task Of_titration_pulses()
    {
        RecordRow[] rows = PulseRows.Of(5);
        await using var bench = new RoleBench();
        await RunLiveAsync(bench, rows, [], () => Results(bench, "gitt").Count == 5);

        GittInputs inputs = PaperCell.Gitt(bench.Service.Facts.BaseInForce.ActiveMassMilligrams);
        var series = new GittSeries(PulseRows.SmallestAmperes, inputs);
        List<GittPulseResult> batch = [.. rows.Select(row => series.Add(CyclingRecord.From(row), row.TestTimeSeconds)).OfType<GittPulseResult>(), series.Finish()!];
        SameNumbers(batch.Select(pulse => pulse.ToJson()), Results(bench, "gitt"));
    }

    [Fact]
    public async Task Of_gas()
    {
        (CompanionRow? Ion, RecordRow? Cycler)[] rows = [.. new GasRig(0.27, _seed) { SecondsPerPass = 200 }.Rows()];
        CompanionRow[] ions = [.. rows.Select(row => row.Ion).OfType<CompanionRow>()];
        RecordRow[] cycler = [.. rows.Select(row => row.Cycler).OfType<RecordRow>()];
        await using var bench = new RoleBench { PageRows = 5000 };
        bench.Service.EventData.Add(("ms-setup", JsonElement.Parse("""{"device":"rga1.1","carrier":{"mol_per_s":3.406e-7,"relative_uncertainty":0.01},"transit_delay_s":0,"mixing_time_s":180}""")));
        bench.Service.EventData.Add(("ms-phase", JsonElement.Parse("""{"phase":"calibration","gas":"O2 and CO2 in Ar","fraction_ppm":1000}""")));
        await RunLiveAsync(bench, cycler, ions, () => Results(bench, "dems") is [var gas] && gas.Contains("\"provisional\":false", StringComparison.Ordinal) && bench.Analysed == cycler.Length);

        var signals = new GasSignals();
        Array.ForEach(ions, signals.Add);
        Array.ForEach(cycler, signals.Add);
        JobFacts facts = bench.Service.Facts;
        DemsResult batch = GasComputation.Of(
            signals, GasLine.Of(bench.Service.EventData), facts.BaseInForce.ActiveMassMilligrams, facts.SubmitBase.OneCAmperes)!;
        int surveys = bench.Service.Surveys;
        await Eventually.TrueAsync(() => Differences([batch.ToJson()], Results(bench, "dems")).Length == 0 || bench.Service.Surveys > surveys + 100, "the last word");
        SameNumbers([batch.ToJson()], Results(bench, "dems"));
    }

    [Fact]
    public async Task Of_patterns()
    {
        using var folder = new TemporaryFolder();
        CompanionRow[] rows = [.. Enumerable.Range(1, 3).Select(number => Pattern(folder.Path, number))];
        await using var bench = new RoleBench();
        await RunLiveAsync(bench, JobRows.OfCycles(1), rows, () => Results(bench, "xrd").Count == 3);

        string[] batch = [.. rows.Select(row => Analyzed.Bytes(
            "p.xy", File.ReadAllBytes(((PatternBody)row.Body).File!.Path!), """{"xrd":{"displacement_offset_deg":0.05}}""").Json().GetProperty("xrd").GetRawText())];
        Assert.All(Results(bench, "xrd"), result => Assert.Equal("charge", JsonElement.Parse(result).GetProperty("start").GetProperty("direction").GetString()));
        SameNumbers(batch, Results(bench, "xrd").Select(result => JsonElement.Parse(result).GetProperty("xrd").GetRawText()));
    }

    /// <summary>Messages in pieces, some lost, some sent twice; the analysis is ended and begun again in the middle.</summary>
    private async Task RunLiveAsync(RoleBench bench, RecordRow[] cycler, CompanionRow[] companions, Func<bool> isDone)
    {
        var random = new Random(_seed);
        await bench.StartAsync();
        for (int part = 0; part < 10; part++)
        {
            (RecordRow[] rows, CompanionRow[] beside) = (Part(cycler, part), Part(companions, part));
            bench.Service.Store(rows, tellStored: true);
            bench.Service.Store(beside);
            for (int times = random.Next(3); times > 0; times--)
            {
                bench.Broker.Deliver(rows);
                if (beside.Length > 0)
                {
                    bench.Broker.Deliver(beside);
                }
            }

            if (part == 4)
            {
                await bench.EndAsync();
                await bench.StartAsync();
            }
        }

        bench.Service.Complete();
        await Eventually.TrueAsync(isDone, $"everything is analysed, seed {_seed}");
    }

    private static T[] Part<T>(T[] all, int part) => all[(all.Length * part / 10)..(all.Length * (part + 1) / 10)];

    private static CompanionRow Pattern(string folder, int number)
    {
        string path = Path.Combine(folder, $"pattern-{number}.xy");
        File.WriteAllLines(path, Enumerable.Range(0, 150).Select(point => 17 + (0.02 * point)).Select(angle =>
            FormattableString.Invariant($"{angle:0.00} {150 + (3000 / (1 + Math.Pow((angle - 18.3 - (0.03 * number)) / 0.08, 2))) + (7 * Math.Sin(angle * 1000)):0.0}")));
        CompanionRow row = CompanionRows.Pattern(FakeService.Job, number);
        var body = (PatternBody)row.Body;
        string sha = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        return row with { Body = body with { File = new PatternFileFacts(Path.GetFileName(path), path, 1, sha, null, null, null, null, null, null), DisplacementOffsetDegrees = 0.05 } };
    }

    private static List<string> Results(RoleBench bench, string kind) => [.. bench.Reader.ReadResults(FakeService.Job, kind).Select(result => result.ResultJson)];

    private void SameNumbers(IEnumerable<string> batch, IEnumerable<string> live)
    {
        string[] differences = Differences(batch, live);
        Assert.True(differences.Length == 0, $"{string.Join("; ", differences.Take(5))}, seed {_seed}");
    }

    private static string[] Differences(IEnumerable<string> batch, IEnumerable<string> live) =>
        [.. JsonNumbers.Differences(JsonElement.Parse($"[{string.Join(',', batch)}]"), JsonElement.Parse($"[{string.Join(',', live)}]"), 1e-12, "")];

    /// <summary>dQ/dV of every cycle of a batch.</summary>
    private sealed class BatchCurves(CyclingSettings settings) : ICyclingSink
    {
        private readonly CycleCurves _curves = new(settings);

        public List<string> Json { get; } = [];

        public void Add(in CyclingRecord record) => _curves.AddAgain(record);

        public void StepEnded(StepResult step) => _curves.StepEnded();

        public void CycleClosed(CycleResult cycle) => Json.Add(_curves.Close(cycle).ToJson());

        public void Found(Finding finding)
        {
            // compared with the cycles
        }
    }
}
