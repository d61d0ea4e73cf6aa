using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Drivers.MethodScript;
using CellLab.Drivers.MethodScript.Scripts;
using CellLab.HardwareSim.MethodScript.Language;

namespace CellLab.Tests.Drivers.MethodScript;

public sealed class ScriptTests
{
    private static readonly MethodScriptOptions s_options = new() { Address = new Uri("tcp://localhost:1"), Model = MethodScriptModel.All[0] };

    private static readonly CellProgram s_program = new(
        "all",
        [
            new RestStep(1, "main", 60), new CurrentStep(2, "p", 25e-6, null, 600, 4.8), new RestStep(3, "p", 3600), new LoopStep(4, "p", 2, 3),
            new VoltageStep(5, "main", 4.5, true, null, 5e-6, UntilAmpereHours: 1e-4), new ScanStep(6, "cv", 3, 4.8, 1e-4), new LoopStep(7, "o", 2, 2),
            new CurrentStep(8, "main", -5e-4, null, null, 2.0, 5e-4),
        ],
        new RecordRule(10, 0.005, null), new SafetyLimits(4.9, 1.8, 1e-3, -1e-3, 6e-4, 5), 5e-4);

    [Theory]
    [InlineData(25e-6, "25u")]
    [InlineData(4.8, "4800m")]
    [InlineData(3600, "3600")]
    [InlineData(200e3, "200k")]
    [InlineData(-0.1, "-100m")]
    [InlineData(0, "0")]
    [InlineData(0.0123456, "12345600n")]
    [InlineData(1, "1")]
    public void Numbers_are_whole_with_a_prefix(double value, string text) => Assert.Equal(text, ScriptNumber.Of(value));

    [Fact]
    public void Any_number_survives_to_seven_digits_or_the_last_one_that_fits()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 6));
            double read = ScriptValue.TryLiteral(ScriptNumber.Of(value))!.Value.Number;
            Assert.True(Math.Abs(read - value) <= 1e-5 * Math.Abs(value), $"{value:R} became {read:R}");
        }
    }

    [Fact]
    public void A_program_becomes_a_script_that_an_instrument_accepts_with_limits_and_the_cell_off_at_the_end()
    {
        IReadOnlyList<string> script = ProgramScript.Write(s_program, s_options);

        Assert.NotNull(ScriptParser.Parse(script));
        Assert.DoesNotContain(script, line => line.Length == 0 || line.Length > 255 || line.Contains('#', StringComparison.Ordinal));
        Assert.Equal(["on_finished:", "cell_off"], script.TakeLast(2));
        Assert.Contains("if p > 4900m", script);
        Assert.Contains("if c < -1m", script);
        Assert.Contains("if p >= 4800m", script);
        Assert.Contains("if p <= 2", script);
        Assert.Contains("if c <= 5u", script);
        Assert.Contains("if a >= 360m", script);
        Assert.Contains("loop l4 < 3i", script);
        Assert.Contains("meas_loop_cp p c 25u 1 600", script);
        Assert.Contains("meas_loop_cp p c -500u 1 3600", script);
    }

    [Fact]
    public void The_other_sign_of_the_current_turns_every_comparison()
    {
        IReadOnlyList<string> script = ProgramScript.Write(s_program, s_options with { CurrentSign = -1 });
        Assert.Contains("meas_loop_cp p c -25u 1 600", script);
        Assert.Contains("if c >= -5u", script);
        Assert.Contains("if c < -1m", script);
        Assert.Contains("if a <= -360m", script);
    }

    [Fact]
    public void What_the_instrument_cannot_do_is_told_with_its_step()
    {
        var program = s_program with
        {
            Steps = [new PowerStep(1, "m", 1, 10, null), new CurrentStep(2, "m", 1, null, 5, null), new VoltageStep(3, "m", 7, true, 5, null), new RestStep(4, "m", 5, 1e-5)],
        };
        Assert.Equal(["step 1", "step 2", "step 3"], ProgramProblems.Of(program, s_options.Model).Select(p => p[..6]));
        Assert.Empty(ProgramProblems.Of(s_program, s_options.Model));
    }

    [Theory]
    [InlineData(Excitation.Potential, 0.01, null, "meas_loop_eis f r j 10m 100k 10m 71i o")]
    [InlineData(Excitation.Potential, 0.01, 3.5, "meas_loop_eis f r j 10m 100k 10m 71i 3500m")]
    [InlineData(Excitation.Current, 50e-6, null, "meas_loop_geis f r j 50u 100k 10m 71i 0")]
    public void A_spectrum_becomes_a_script_that_an_instrument_accepts(Excitation excitation, double amplitude, double? bias, string line)
    {
        var plan = new SpectrumPlan(excitation, amplitude, 100e3, 0.01, 71, bias);
        IReadOnlyList<string> script = SpectrumScript.Write(plan, s_options);
        Assert.NotNull(ScriptParser.Parse(script));
        Assert.Contains(line, script);
        Assert.Empty(SpectrumScript.Problems(plan, s_options.Model));
    }

    [Fact]
    public void A_spectrum_beyond_the_model_is_refused() =>
        Assert.Equal(3, SpectrumScript.Problems(new SpectrumPlan(Excitation.Potential, 1, 1e6, 0, 71), s_options.Model).Count);
}
