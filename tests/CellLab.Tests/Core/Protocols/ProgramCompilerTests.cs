using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;
using static CellLab.Tests.Core.Protocols.UnicyclerTexts;

namespace CellLab.Tests.Core.Protocols;

public sealed class ProgramCompilerTests
{
    private const string HoldAt48 = """{"step": "constant_voltage", "voltage_V": 4.8, "until_rate_C": 0.05}""";

    [Fact]
    public void Tags_vanish_and_loops_count_the_steps_that_are_left()
    {
        CellProgram program = Compile(Method(
            Tag("outer"), Rest, Tag("inner"), Charge, Discharge, Loop("inner", 3), Loop("outer", 2), Rest, Discharge, Loop(8, 4)));
        Assert.Equal(Enumerable.Range(1, 8), program.Steps.Select(step => step.Number));
        Assert.Equal([(2, 3), (1, 2), (6, 4)], program.Steps.OfType<LoopStep>().Select(loop => (loop.FirstStep, loop.Passes)));
        Assert.Equal(
            ["outer", "inner", "inner", "inner", "outer", "loop-10", "loop-10", "loop-10"],
            program.Steps.Select(step => step.Block));
    }

    [Fact]
    public void Steps_in_no_loop_are_in_block_main() =>
        Assert.All(Compile(Method(Tag("unused"), Charge, Discharge)).Steps, step => Assert.Equal("main", step.Block));

    [Fact]
    public void Rates_become_currents_of_the_base_in_force_with_discharge_negative()
    {
        CellProgram program = Compile(Method(Charge, Discharge), new CRateBase(250, 4.0));
        Assert.Equal([1e-4, -1e-4], program.Steps.Cast<CurrentStep>().Select(step => Math.Round(step.CurrentAmperes, 12)));
        Assert.Equal(1e-3, program.NominalCapacityAmpereHours, 12);
    }

    [Fact]
    public void A_base_more_than_1_percent_off_the_files_capacity_wins_and_both_currents_are_told()
    {
        Compilation near = ProgramCompiler.Compile(Read(Method(Charge, Discharge)), new CRateBase(250, 2.01));
        Compilation far = ProgramCompiler.Compile(Read(Method(Charge, Discharge)), new CRateBase(250, 4.0));
        Assert.Empty(near.Warnings);
        string warning = Assert.Single(far.Warnings).Message;
        Assert.StartsWith("1C is 1 mA by the sample's base, but 0.5 mA by the file's capacity_mAh", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_limits_gets_0_1_V_above_and_0_2_V_below_its_cut_offs_and_5_seconds()
    {
        CellProgram program = Compile(Method(Charge, Discharge));
        Assert.Equal((4.9, 1.8, 5), (program.Limits.MaxVolts, program.Limits.MinVolts, program.Limits.DelaySeconds));
    }

    [Fact]
    public void A_charge_cut_off_gives_no_lower_limit_and_that_is_told()
    {
        Compilation compilation = ProgramCompiler.Compile(Read(Method(Charge)), null);
        Assert.Equal((4.9, null), (compilation.Program!.Limits.MaxVolts, compilation.Program.Limits.MinVolts));
        Assert.Contains("no lower voltage limit", Assert.Single(compilation.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4.81, "10 mV from the highest cut-off 4.8 V")]
    [InlineData(4.82, null)]
    public void A_limit_closer_than_20_mV_is_a_warning(double limit, string? warning)
    {
        string safety = FormattableString.Invariant($$"""
            "safety": {"max_voltage_V": {{limit}}},
            """);
        Compilation compilation = ProgramCompiler.Compile(Read(With(safety, Charge, Discharge)), null);
        Assert.Equal(warning is null ? 0 : 1, compilation.Warnings.Count);
        Assert.Contains(warning ?? "", compilation.Warnings.Count == 0 ? "" : compilation.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hold_after_its_own_charge_begins_with_that_current()
    {
        VoltageStep hold = Compile(Method(Charge, HoldAt48, Discharge)).Steps.OfType<VoltageStep>().Single();
        Assert.True(hold.Charging);
        Assert.Equal((0.1, 0.05), (hold.StartRateC, hold.UntilRateC));
        Assert.Equal(5e-5, hold.StartCurrentAmperes!.Value, 12);
        Assert.Equal(2.5e-5, hold.UntilCurrentAmperes!.Value, 12);
    }

    [Fact]
    public void A_hold_without_end_current_goes_the_way_of_the_step_before_and_says_so()
    {
        const string hold = """{"step": "constant_voltage", "voltage_V": 2.0, "until_time_s": 600}""";
        Compilation compilation = ProgramCompiler.Compile(Read(Method(Charge, Discharge, hold)), null);
        Assert.False(compilation.Program!.Steps.OfType<VoltageStep>().Single().Charging);
        Assert.Contains("taken as a discharge", Assert.Single(compilation.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_current_against_the_step_before_is_a_warning()
    {
        const string hold = """{"step": "constant_voltage", "voltage_V": 2.0, "until_rate_C": 0.05}""";
        Compilation compilation = ProgramCompiler.Compile(Read(Method(Charge, Discharge, hold)), null);
        Assert.True(compilation.Program!.Steps.OfType<VoltageStep>().Single().Charging);
        Assert.Contains("says charge, but step 2", Assert.Single(compilation.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_current_above_the_channels_range_is_refused()
    {
        Compilation compilation = ProgramCompiler.Compile(
            Read(Method(Charge, Discharge)), new CRateBase(250, 2000), new CompileOptions { CurrentRangeAmperes = 0.01 });
        Assert.Equal(2, compilation.Errors.Count);
        Assert.Contains("the current 50 mA is above the channel's range of 10 mA", compilation.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(250, 0)]
    [InlineData(250, -2)]
    [InlineData(double.PositiveInfinity, 2)]
    public void A_base_that_is_no_current_is_refused(double capacity, double mass)
    {
        Compilation compilation = ProgramCompiler.Compile(Read(Method(Charge, Discharge)), new CRateBase(capacity, mass));
        Assert.Contains(compilation.Errors, error => error.Message.Contains("expected a current greater than 0", StringComparison.Ordinal));
        Assert.Null(compilation.Program);
    }

    [Fact]
    public void A_current_beyond_the_files_own_limit_is_a_warning()
    {
        const string safety = "\"safety\": {\"max_current_mA\": 0.04, \"min_current_mA\": -0.04},";
        Compilation compilation = ProgramCompiler.Compile(Read(With(safety, Charge, Discharge)), null);
        Assert.NotNull(compilation.Program);
        Assert.Equal(
            [
                "step 1 (constant_current): the current 0.05 mA reaches the safety limit max_current_mA 0.04 mA, which would end the test",
                "step 2 (constant_current): the current -0.05 mA reaches the safety limit min_current_mA -0.04 mA, which would end the test",
            ],
            compilation.Warnings.Select(warning => warning.Message));
    }

    private static CellProgram Compile(string text, CRateBase? rateBase = null)
    {
        Compilation compilation = ProgramCompiler.Compile(Read(text), rateBase);
        Assert.Empty(compilation.Errors);
        return compilation.Program!;
    }
}
