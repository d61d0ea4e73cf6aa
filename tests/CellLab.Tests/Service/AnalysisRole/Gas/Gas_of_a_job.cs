using System.Text.Json;
using CellLab.Service.AnalysisRole.Companions.Gas;

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
    public void A_small_air_leak_is_told_and_its_oxygen_taken_off()
    {
        int seed = Random.Shared.Next();
        DemsResult result = Compute(new GasRig(0.27, seed) { LeakPpm = 100 });

        Assert.Contains(result.Findings, finding => finding.Code == "air_leak");
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

    private static DemsResult Compute(GasRig rig) => GasComputation.Of(rig.Record(), s_line, GasRig.MassMg, GasRig.OneCAmperes)!;
}
