using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage;
using CellLab.Storage.Export;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Storage.Export;

[Trait("Suite", "Broad")]
public sealed class BdfCsvExportTests : IDisposable
{
    private static readonly ChannelAddress Channel = new(new DeviceId("cycler1"), "27-1-4");

    private static readonly ExportContext Context = new(
        "lab a", "0.1.0", null, new ExportClock(5000, null, null), [new ExportDevice(Channel.Device, "Neware", true, new DeviceIdentity("CT-4008", "77", null))]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_table_has_its_columns_in_order_and_passes_the_validator()
    {
        (BdfFile table, _, _) = await ExportAsync(TwoCycles(counters: true));

        Assert.Equal(
            "Test Time / s|Voltage / V|Current / A|Unix Time / s|Cycle Count / 1|Step Count / 1|Ambient Temperature / degC|Step ID|Step Type|Step Time / s|"
            + "Step Record Index / 1|Record Index / 1|Charging Capacity / Ah|Discharging Capacity / Ah|Charging Energy / Wh|Discharging Energy / Wh|"
            + "instrument_cycle|block|pass",
            string.Join('|', table.Header));
        Assert.Empty(BdfValidator.Check(table));
        Assert.Equal(Enumerable.Range(1, table.Rows).Select(n => (double)n), table.Numbers("Record Index / 1"));
        Assert.All(table.Texts("block"), text => Assert.Equal("block, \"A\"", text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cycles_and_sums_are_those_of_the_analysis(bool counters)
    {
        ScriptedTest test = TwoCycles(counters);
        (BdfFile table, _, _) = await ExportAsync(test);
        CyclingBatch batch = Analyse(test);

        Assert.Equal([0, 1, 1, 2, 2], CycleOfSteps(table));
        Assert.Equal(batch.Steps.Select(step => step.Cycle), CycleOfSteps(table));
        Assert.Equal(batch.Cycles.Sum(c => c.Sums.ChargeAh), table.Numbers("Charging Capacity / Ah")[^1], 9);
        Assert.Equal(batch.Cycles.Sum(c => c.Sums.DischargeAh), table.Numbers("Discharging Capacity / Ah")[^1], 9);
        Assert.Equal(batch.Cycles.Sum(c => c.Sums.ChargeWh), table.Numbers("Charging Energy / Wh")[^1], 9);
        Assert.Equal(batch.Cycles.Sum(c => c.Sums.DischargeWh), table.Numbers("Discharging Energy / Wh")[^1], 9);
    }

    [Fact]
    public async Task Test_time_follows_the_final_step_table_and_steps_run_on_over_segments()
    {
        ScriptedTest test = new ScriptedTest(Rows.JobA, counters: true)
            .Step(StepKind.ConstantCurrentCharge, 5e-5, 3600, 60)
            .Step(StepKind.ConstantCurrentDischarge, -5e-5, 3600, 60, final: false)
            .NextSegment(restSeconds: 1000)
            .Step(StepKind.ConstantCurrentCharge, 5e-5, 600, 60);

        (BdfFile table, _, _) = await ExportAsync(test);

        double[] times = table.Numbers("Test Time / s");
        Assert.Equal(0, times[0]);
        Assert.Equal(3600, times[60]);
        Assert.Equal(3600, times[61]); // not final: as given
        Assert.Equal(8200, times[122]); // 7200 s and 1000 s of rest
        Assert.Equal([1, 2, 3], table.Numbers("Step Count / 1").Distinct());
        Assert.Equal(["1", "2", "1"], table.Texts("Step ID").Where((_, row) => row is 0 or 61 or 122));
        Assert.Equal("1772352000.000000", table.Cell(0, "Unix Time / s"));
        Assert.Equal(["CC_CHG", "CC_DCH"], table.Texts("Step Type").Distinct());
        Assert.Empty(BdfValidator.Check(table));
    }

    [Fact]
    public async Task File_names_have_their_fields_and_no_foreign_characters()
    {
        (_, _, IReadOnlyList<ExportFile> files) = await ExportAsync(TwoCycles(counters: true));

        Assert.Equal("lab-a__lmno-7__20260301__rate-map_aaaaaaaaaaaa__Neware.bdf.csv", files[0].Name);
        Assert.Equal("lab-a__lmno-7__20260301__rate-map_aaaaaaaaaaaa__Neware.bdf.metadata.json", files[1].Name);
    }

    [Fact]
    public async Task The_sidecar_tells_test_cell_instrument_gaps_resumes_and_alarms()
    {
        ScriptedTest test = new ScriptedTest(Rows.JobA, counters: true)
            .Step(StepKind.ConstantCurrentCharge, 5e-5, 600, 60).Lose(3)
            .Step(StepKind.ConstantVoltage, 1e-5, 600, 200)
            .NextSegment(restSeconds: 60).Step(StepKind.ConstantCurrentDischarge, -5e-5, 600, 60);

        (_, JsonElement sidecar, _) = await ExportAsync(test);

        JsonElement run = sidecar.GetProperty("battinfo_test").GetProperty("test");
        Assert.Equal("aaaaaaaaaaaa", run.GetProperty("id").GetString());
        Assert.Equal("lmno-7", run.GetProperty("cell_id").GetString());
        Assert.Equal("running", run.GetProperty("status").GetString());
        Assert.Equal("CT-4008", run.GetProperty("instrument_name").GetString());
        Assert.Equal("simulation", sidecar.GetProperty("battinfo_test").GetProperty("provenance").GetProperty("source_type").GetString());
        Assert.Equal(4, sidecar.GetProperty("battinfo_channel").GetProperty("channel").GetProperty("index").GetInt32());
        Assert.Equal(4.9, sidecar.GetProperty("battinfo_test_protocol").GetProperty("safety").GetProperty("max_voltage_V").GetDouble());
        JsonElement extras = sidecar.GetProperty("extras");
        Assert.Equal(2.1, extras.GetProperty("sample").GetProperty("active_mass_mg").GetDouble());
        Assert.Equal(250, extras.GetProperty("c_rate_base").GetProperty("nominal_capacity_mah_g").GetDouble());
        Assert.Equal(5000, extras.GetProperty("clock").GetProperty("lab_speed").GetDouble());
        Assert.Equal(JsonValueKind.Null, extras.GetProperty("clock").GetProperty("synchronised").ValueKind);
        Assert.Equal(3, extras.GetProperty("gaps").GetArrayLength()); // three intervals of 200 s where 90 s are allowed
        Assert.Equal(1, extras.GetProperty("resumes").GetArrayLength());
        Assert.Equal("protect-1", extras.GetProperty("alarms")[0].GetProperty("id").GetString());
        Assert.Equal(test.Rows.Count, extras.GetProperty("rows").GetInt64());
    }

    [Fact]
    public void Any_test_gives_a_table_that_passes_the_validator_and_agrees_with_the_analysis() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(12),
        Prop.ForAll(Gen.Choose(0, 9999).NonEmptyListOf().ToArbitrary(), numbers =>
        {
            ScriptedTest test = Random(numbers);
            (BdfFile table, _, _) = ExportAsync(test).GetAwaiter().GetResult();
            CyclingBatch batch = Analyse(test);
            Assert.Empty(BdfValidator.Check(table));
            Assert.Equal(batch.Steps.Select(step => step.Cycle), CycleOfSteps(table));
            Assert.Equal(batch.Steps.Sum(s => s.Sums.ChargeAh), table.Numbers("Charging Capacity / Ah")[^1], 8);
        }));

    private static ScriptedTest TwoCycles(bool counters) => new ScriptedTest(Rows.JobA, counters)
        .Step(StepKind.Rest, 0, 600, 60)
        .Step(StepKind.ConstantCurrentCharge, 5e-5, 3600, 30)
        .Step(StepKind.ConstantCurrentDischarge, -4e-5, 3600, 30)
        .Step(StepKind.ConstantCurrentCharge, 5e-5, 3000, 30)
        .Step(StepKind.ConstantCurrentDischarge, -4.5e-5, 3000, 30);

    private static ScriptedTest Random(List<int> numbers)
    {
        var test = new ScriptedTest(Rows.JobA, counters: numbers[0] % 2 == 0);
        foreach (int number in numbers.Take(25))
        {
            _ = (number % 10) switch
            {
                0 => test.Step(StepKind.Rest, 0, 120, 60),
                1 => test.NextSegment(number % 700),
                2 => test.Lose(number % 4),
                < 6 => test.Step(StepKind.ConstantCurrentCharge, number * 1e-9, 100 + number, 55.5, final: number % 3 > 0),
                _ => test.Step(StepKind.ConstantCurrentDischarge, number * -1e-9, 100 + number, 44.4, final: number % 3 > 0),
            };
        }

        return test.Step(StepKind.Rest, 0, 60, 30);
    }

    private static IEnumerable<int> CycleOfSteps(BdfFile table) =>
        table.Numbers("Step Count / 1").Zip(table.Numbers("Cycle Count / 1")).DistinctBy(pair => pair.First).Select(pair => (int)pair.Second);

    private static CyclingBatch Analyse(ScriptedTest test) => CyclingBatch.Run(
        test.Rows.Select(CyclingRecord.From), new CyclingSettings(0.0005, LeadingDirection.Charge, 30), DataEnd.AsProgrammed);

    private async Task<(BdfFile Table, JsonElement Sidecar, IReadOnlyList<ExportFile> Files)> ExportAsync(ScriptedTest test)
    {
        using var folder = new TemporaryFolder();
        await using Journal journal = await Journal.OpenAsync(folder.Path, Clocks.RealTime, NullLoggerFactory.Instance, CancellationToken.None);
        Job job = Rows.Job(Rows.JobA);
        await journal.CommitAsync(Write(job, test), CancellationToken.None);
        IReadOnlyList<ExportFile> files = await new BdfCsvExport(journal, Context).PrepareAsync(job, CancellationToken.None);
        using var table = new MemoryStream();
        await files[0].WriteAsync(table, CancellationToken.None);
        using var sidecar = new MemoryStream();
        await files[1].WriteAsync(sidecar, CancellationToken.None);
        return (BdfFile.Parse(table.ToArray()), JsonDocument.Parse(sidecar.ToArray()).RootElement, files);
    }

    private static JournalWrite Write(Job job, ScriptedTest test) => new()
    {
        Jobs = [job],
        Records = test.Rows,
        StepTimes = test.StepTimes,
        Segments =
        [
            .. test.Rows.GroupBy(row => row.Segment).Select(rows => new Segment
            {
                Job = job.Id, Index = rows.Key, Channel = Channel, Barcode = "lmno-7_aaaaaaaa", TestId = "4", StartedAtUtc = Rows.Start,
                TestTimeOffsetSeconds = test.OffsetOf(rows.Key),
            }),
        ],
        Samples = [new Sample { Name = "lmno-7", Version = 2, ActiveMassMilligrams = 2.1, NominalCapacityMilliampereHoursPerGram = 250 }],
        Alarms = [new Alarm("protect-1", AlarmSeverity.Critical, "Over voltage.", job.Id, "cycler1", Rows.Start, Active: true)],
    };
}
