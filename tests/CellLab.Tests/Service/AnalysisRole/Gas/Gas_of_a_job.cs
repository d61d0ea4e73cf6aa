using System.Text.Json;
using CellLab.Core.Records;
using CellLab.Core.Units;
using CellLab.Service.AnalysisRole.Companions.Gas;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Service.AnalysisRole.Gas;

[Trait("Suite", "Broad")]
public sealed class Gas_of_a_job
{
    private static readonly GasLine s_line = new("rga1.1", "SIM", GasRig.Carrier, 0.01, 0, 180, [new BottleGas("O2", 1000), new BottleGas("CO2", 1000)]);

    [Theory]
    [InlineData(0.27)]
    [InlineData(0.10)]
    public void Amount_and_onset_come_back_with_drift_delay_stagger_and_carbon_dioxide(double truth)
    {
        int seed = Random.Shared.Next();
        DemsResult result = Compute(new GasRig(truth, seed));

        GasFigures oxygen = result.Gases["O2"];
        Assert.True(Math.Abs((oxygen.UmolPerMg!.Value / truth) - 1) < 0.03, $"{oxygen.UmolPerMg} umol/mg, seed {seed}");
        Assert.True(Math.Abs(oxygen.OnsetMahG!.Value - GasRig.OnsetMahG) < 8, $"onset {oxygen.OnsetMahG} mAh/g, seed {seed}"); // the triangle rises from 0
        Assert.True(oxygen.OnsetMahG > GasRig.OnsetMahG - 1 && oxygen.OnePercentMahG > oxygen.OnsetMahG - 5, $"1 % at {oxygen.OnePercentMahG}, seed {seed}");
        Assert.InRange(result.Gases["CO2"].UmolPerMg!.Value, 0.05 * 0.97, 0.05 * 1.03);
        Assert.False(result.Provisional);
        Assert.False(oxygen.Open);
        Assert.True(oxygen.UmolPerMgSigma is > 0 and < 0.02, $"{oxygen.UmolPerMgSigma}");
        Assert.Equal("exponential", oxygen.Details.Background["32"].Model);
        Assert.Equal(0, oxygen.Details.CalibrationChange!.Value, 0.02);
    }

    [Fact]
    public void Gas_of_the_bottle_is_no_background_whichever_mass_its_first_row_has()
    {
        int seed = Random.Shared.Next();
        DemsResult result = Compute(new GasRig(0.10, seed) { BottleBeginsWithOxygen = true });

        GasFigures oxygen = result.Gases["O2"];
        Assert.Equal("exponential", oxygen.Details.Background["32"].Model);
        Assert.True(result.Inputs.BackgroundSpanAfterS![1] < 66_604, $"the span after the gas goes to {result.Inputs.BackgroundSpanAfterS[1]}, seed {seed}");
        Assert.True(Math.Abs((oxygen.UmolPerMg!.Value / 0.10) - 1) < 0.03, $"{oxygen.UmolPerMg} umol/mg, seed {seed}");
    }

    [Fact]
    public void An_onset_at_the_end_of_a_gap_in_the_signal_is_told_as_such_with_the_span_in_which_the_gas_began()
    {
        int seed = Random.Shared.Next();
        double gapMahG = GasRig.OnsetMahG - 10;
        DemsResult whole = Compute(new GasRig(0.27, seed));
        DemsResult broken = Compute(new GasRig(0.27, seed) { Silent = (GasRig.OnsetSeconds - 1440, GasRig.OnsetSeconds + 2880) }); // 10 mAh/g before it to 20 behind it

        GasFigures oxygen = broken.Gases["O2"];
        Assert.Null(whole.Gases["O2"].OnsetNotBeforeMahG);
        Assert.DoesNotContain(whole.Findings, finding => finding.Code == "onset_gap");
        Assert.Equal(gapMahG, oxygen.OnsetNotBeforeMahG!.Value, 2.0); // taken back by the delay of the line
        Assert.True(oxygen.OnsetMahG > GasRig.OnsetMahG + 15, $"onset {oxygen.OnsetMahG} mAh/g, seed {seed}");
        Assert.Equal("O2", Assert.Single(broken.Findings, finding => finding.Code == "onset_gap" && finding.Column == "O2").Column);
        using JsonDocument told = JsonDocument.Parse(broken.ToJson());
        Assert.Equal(oxygen.OnsetNotBeforeMahG.Value, told.RootElement.GetProperty("gases").GetProperty("O2").GetProperty("onset_not_before_mah_g").GetDouble());
    }

    [Fact]
    public void A_small_air_leak_is_told_and_its_oxygen_taken_off()
    {
        int seed = Random.Shared.Next();
        DemsResult result = Compute(new GasRig(0.27, seed) { LeakPpm = 100 });

        Assert.Equal(["air_leak"], result.Findings.Select(finding => finding.Code)); // not that air has no calibration: it is only taken off
        Assert.False(result.Provisional);
        Assert.True(Math.Abs((result.Gases["O2"].UmolPerMg!.Value / 0.27) - 1) < 0.03, $"{result.Gases["O2"].UmolPerMg} umol/mg, seed {seed}");
    }

    [Fact]
    public void A_leak_is_told_without_an_internal_standard_too_and_the_amount_is_right_within_its_larger_error()
    {
        int seed = Random.Shared.Next();
        DemsResult result = Compute(new GasRig(0.27, seed) { LeakPpm = 100, HasArgon = false });

        GasFigures oxygen = result.Gases["O2"];
        Assert.Contains(result.Findings, finding => finding.Code == "air_leak");
        Assert.True(Math.Abs(oxygen.UmolPerMg!.Value - 0.27) < oxygen.UmolPerMgSigma, $"{oxygen.UmolPerMg} +- {oxygen.UmolPerMgSigma} umol/mg, seed {seed}");
        Assert.False(result.Provisional);
    }

    [Fact]
    public void Without_an_internal_standard_the_error_is_told_as_larger()
    {
        int seed = Random.Shared.Next();
        GasFigures with = Compute(new GasRig(0.27, seed)).Gases["O2"];
        GasFigures without = Compute(new GasRig(0.27, seed) { HasArgon = false }).Gases["O2"];

        Assert.True(without.UmolPerMgSigma > 2.5 * with.UmolPerMgSigma, $"{with.UmolPerMgSigma} and {without.UmolPerMgSigma}, seed {seed}");
    }

    [Fact]
    public void The_gas_line_is_read_from_the_job_s_events()
    {
        GasLine line = GasLine.Of(
        [
            ("ms-setup", JsonElement.Parse("""{"device":"rga1.1","serial":"1","carrier":{"mol_per_s":3.4e-7,"relative_uncertainty":0.01},"transit_delay_s":39,"mixing_time_s":146}""")),
            ("ms-phase", JsonElement.Parse("""{"phase":"calibration","gas":"O2 and CO2 in Ar","fraction_ppm":1000}""")),
            ("ms-phase", JsonElement.Parse("""{"phase":"run","gas":null,"fraction_ppm":null}""")),
        ]);

        Assert.Equal((3.4e-7, 0.01, 39.0, 146.0), (line.CarrierMolPerS, line.CarrierUncertainty, line.TransitDelayS, line.MixingTimeS));
        Assert.Equal([new BottleGas("O2", 1000), new BottleGas("CO2", 1000)], line.Bottle);
    }

    [Fact]
    public async Task An_amended_mass_makes_the_amounts_of_an_ended_job_anew_with_a_note_of_the_version()
    {
        await using var bench = new RoleBench { PageRows = 5000 };
        (CompanionRow? Ion, RecordRow? Cycler)[] rows = [.. new GasRig(0.27, 1).Rows()];
        bench.Service.Change(facts => facts with { SubmitBase = new CRateBase(250, GasRig.MassMg), BaseInForce = new CRateBase(250, GasRig.MassMg), SampleVersion = 1 });
        bench.Service.EventData.Add(("ms-setup", JsonElement.Parse("""{"carrier": {"mol_per_s": 3.406e-7, "relative_uncertainty": 0.01}, "transit_delay_s": 0, "mixing_time_s": 180}""")));
        bench.Service.EventData.Add(("ms-phase", JsonElement.Parse("""{"gas": "O2 and CO2", "fraction_ppm": 1000}""")));
        bench.Service.Store(rows.Select(row => row.Cycler).OfType<RecordRow>(), tellStored: true);
        bench.Service.Store(rows.Select(row => row.Ion).OfType<CompanionRow>());
        bench.Service.Complete();
        await bench.StartAsync();
        await Eventually.TrueAsync(() => Oxygen(bench)?.Version == 1, "the amounts", seconds: 300);
        double before = Oxygen(bench)!.Value.Amount;

        bench.Service.Change(facts => facts with { BaseInForce = new CRateBase(250, 2.5), SampleVersion = 2 });
        await Eventually.TrueAsync(() => Oxygen(bench)?.Version == 2, "the amounts anew", seconds: 300); // a survey that took long is not repeated soon

        Assert.Equal(before * GasRig.MassMg / 2.5, Oxygen(bench)!.Value.Amount, 1e-9);
    }

    private static (double Amount, int Version)? Oxygen(RoleBench bench) =>
        bench.Reader.ReadResults(FakeService.Job, "dems") is [{ ResultJson: { } json }] && JsonElement.Parse(json) is var result && !result.GetProperty("provisional").GetBoolean()
            ? (result.GetProperty("gases").GetProperty("O2").GetProperty("umol_per_mg").GetDouble(), result.GetProperty("inputs").GetProperty("sample_version").GetInt32()) : null;

    private static DemsResult Compute(GasRig rig) => GasComputation.Of(rig.Record(), s_line, GasRig.MassMg, GasRig.OneCAmperes)!;
}
