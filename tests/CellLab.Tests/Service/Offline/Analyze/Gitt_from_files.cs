using System.Text.Json;
using CellLab.Analysis.Gitt;
using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Analysis.Gitt;

namespace CellLab.Tests.Service.Offline.Analyze;

public sealed class Gitt_from_files
{
    private const string Settings = """{"gitt": {"active_mass_mg": 2, "molar_mass_g_mol": 85.03, "density_g_cm3": 4.25, "area_cm2": 0.785398163}}""";

    private static string File(bool steps) => (steps ? "Test Time / s,Voltage / V,Current / A,Step Count / 1,Step Time / s\n" : "Test Time / s,Voltage / V,Current / A\n")
        + Analyzed.Lines(Gitt_vectors.Trace(3).Select((record, row) => (FormattableString)
            $"{record.Seconds + 10:R},{record.Volts:R},{record.Amperes:R}{(steps ? FormattableString.Invariant($",{(int)((record.StepStartSeconds!.Value + 10) * 10)},{record.Seconds - record.StepStartSeconds.Value}") : "")}"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pulses_are_found_by_the_current_with_and_without_steps(bool steps)
    {
        GittSection gitt = Analyzed.Text("a.bdf.csv", File(steps), Settings).Gitt!;
        Assert.Equal([600.0, 600.0, 600.0], gitt.Pulses.Select(pulse => pulse.TauS));
        Assert.Equal(1, gitt.Pulses[1].DCm2S!.Value / 1.196699e-11, 1e-4);
        Assert.Equal(11.897197e-3, gitt.Pulses[1].DEsV, 1e-8);
        Assert.True(gitt.Pulses[1].ThetaFit < 0.2);
        Assert.Equal(50e-6, gitt.Pulses[1].CurrentA, 1e-12);
    }

    [Fact]
    public void A_pulse_whose_window_is_too_long_for_its_diffusion_is_refused()
    {
        GittResult slow = GittAnalysis.Evaluate(new GittPulse(0, 600, 1e-4, 3.5, 3.6, 0,
            [.. Enumerable.Range(0, 601).Select(second => ((double)second, 3.5 + (1e-5 * Math.Sqrt(second))))]) { RestSeconds = 3600 }, Gitt_vectors.Inputs);
        Assert.Null(slow.Diffusion);
        Assert.Contains("theta_fit above 0.25: refused", slow.Flags);
    }

    [Theory]
    [InlineData(7300, 36000, "longer than 2 h")]
    [InlineData(600, 200, "rest shorter than half the pulse")]
    public void What_looks_like_ordinary_cycling_is_flagged(int pulse, int rest, string flag)
    {
        string text = "Test Time / s,Voltage / V,Current / A\n" + Analyzed.Lines(Enumerable.Range(0, 100 + ((pulse + rest) / 10)).Select(row =>
            (FormattableString)$"{row * 10},{3.5 + (1e-6 * row)},{(row >= 100 && row < 100 + (pulse / 10) ? 50e-6 : 0)}")) + Analyzed.Lines([$"{(100 + ((pulse + rest) / 10)) * 10},3.6,0.00005"]);
        Assert.Contains(flag, Assert.Single(Analyzed.Text("a.bdf.csv", text, Settings).Gitt!.Pulses).Flags);
    }

    [Fact]
    public void The_names_are_those_that_programs_read()
    {
        JsonElement pulse = Analyzed.Text("a.bdf.csv", File(true), Settings).Json().GetProperty("gitt").GetProperty("pulses")[0];
        Assert.All(["tau_s", "d_es_v", "d_et_v", "d_cm2_s", "d_whole_pulse_cm2_s", "theta_fit", "series_resistance_ohm", "flags"], name => Assert.True(pulse.TryGetProperty(name, out _), name));
        Assert.False(Analyzed.Text("a.bdf.csv", File(true)).Json().TryGetProperty("gitt", out _));
    }
}
