using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Protocols.Unicycler;
using CellLab.Core.Units;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>What holds for a file as a whole: settings, record rules, bases, exports, and the files that are shipped.</summary>
public sealed class LanguageFileTests
{
    private const string Head = "celllab_protocol: 1\nwindow: 2.0-4.8 V\n";
    private const string Cycle = "method:\n  - Charge at 0.1C until 4.8 V\n  - Discharge at 0.1C until 2.0 V\n";

    private static readonly CRateBase Base = new(250, 2);

    public static TheoryData<string> Shipped =>
        [.. Directory.EnumerateFiles(RepositoryFiles.PathOf("config", "protocols"), "*.yaml").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_file_is_valid_named_like_its_file_and_opens_with_a_comment(string file)
    {
        string text = RepositoryFiles.Text("config", "protocols", file);
        ProtocolCheck check = ProtocolCheck.Of(file, text, Base);
        Assert.True(check.Valid, string.Join("\n", check.Errors));
        Assert.StartsWith("# ", text, StringComparison.Ordinal);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), ProtocolReader.Read(file, text).Protocol!.Name);
    }

    [Theory]
    [InlineData("cycle-life-0.2c-100.yaml", 100, 0.2)]
    [InlineData("cycle-life-1c-200.yaml", 200, 1)]
    [InlineData("cycle-life-5c-400.yaml", 400, 5)]
    public void A_life_test_is_one_formation_cycle_and_its_cycles_at_the_rate(string file, int cycles, double rate)
    {
        CellProgram program = Compile(RepositoryFiles.Text("config", "protocols", file));
        LoopStep[] loops = [.. program.Steps.OfType<LoopStep>()];
        Assert.Equal([("formation", 1), ("life", cycles)], loops.Select(loop => (loop.Block, loop.Passes)));
        Assert.Equal([0.1, -0.1, rate, -rate], program.Steps.OfType<CurrentStep>().Select(step => step.RateC ?? 0));
        Assert.Equal(2 + 2 * cycles, new ProgramWalk(program).TotalSteps);
    }

    [Fact]
    public void Check_ups_come_after_every_fiftieth_cycle_and_are_a_block_of_their_own()
    {
        CellProgram program = Compile(RepositoryFiles.Text("config", "protocols", "life-with-check-ups.yaml"));
        var walk = new ProgramWalk(program);
        var blocks = new List<string>();
        do
        {
            if (walk.Current is CurrentStep { CurrentAmperes: > 0 })
            {
                blocks.Add(walk.Current.Block);
            }
        }
        while (walk.MoveNext());

        Assert.Equal(400, blocks.Count(block => block == "life"));
        Assert.Equal(8, blocks.Count(block => block == "check-up"));
        Assert.Equal("check-up", blocks[51]);
        Assert.Equal("check-up", blocks[^1]);
    }

    [Fact]
    public void The_example_of_the_how_to_page_has_fewer_than_20_lines_and_compiles()
    {
        string example = RepositoryFiles.Text("docs", "how-to", "write-your-own-protocol.md").Split("```yaml\n")[1].Split("```")[0];
        Assert.InRange(example.TrimEnd().Split('\n').Length, 10, 19);
        Assert.Equal([("formation", 1), ("life", 200)], Compile(example).Steps.OfType<LoopStep>().Select(loop => (loop.Block, loop.Passes)));
    }

    [Fact]
    public void A_setting_wins_over_the_default_and_an_unknown_one_is_refused_with_a_suggestion()
    {
        string text = Head + "parameters: {rate: 0.1C}\nmethod:\n  - Charge at ${rate} until 4.8 V\n";
        ProtocolReading set = ProtocolReader.Read("t.yaml", text, new Dictionary<string, string> { ["rate"] = "0.2C" });
        Assert.Equal(0.2, Assert.IsType<ConstantCurrentStep>(set.Protocol!.Steps[0]).RateC);
        ProtocolReading unknown = ProtocolReader.Read("t.yaml", text, new Dictionary<string, string> { ["rat"] = "0.2C" });
        Assert.Equal("did you mean 'rate'?", Assert.Single(unknown.Errors).Hint);
    }

    [Fact]
    public void A_setting_cannot_bring_in_more_than_its_value()
    {
        string text = Head + "parameters: {rate: 0.1C}\nmethod:\n  - Charge at ${rate} until 4.8 V\n";
        Assert.NotEmpty(ProtocolReader.Read("t.yaml", text, new Dictionary<string, string> { ["rate"] = "0.2C\n  - Rest for 1 h" }).Errors);
        Assert.NotEmpty(ProtocolReader.Read("t.yaml", text, new Dictionary<string, string> { ["rate"] = "${rate}" }).Errors);
    }

    [Theory]
    [InlineData("0.1C", 30)]
    [InlineData("1C", 10)]
    [InlineData("5C", 2)]
    [InlineData("500 mA/g", 2)]
    public void Without_a_record_rule_the_rate_gives_it(string rate, double seconds)
    {
        CellProgram program = Compile(Head + $"method:\n  - Charge at {rate} until 4.8 V\n");
        Assert.Equal(new RecordRule(seconds, 0.005, null), program.Record);
    }

    [Fact]
    public void Without_a_record_rule_every_step_gets_that_of_its_own_rate()
    {
        CellProgram program = Compile(
            Head + "method:\n  - Charge at 0.1C until 4.8 V\n  - Hold at 4.8 V until C/50\n  - Discharge at 1C until 2.0 V (1 second period)\n  - repeat: 3\n    steps: [Charge at 1C until 4.8 V, Discharge at 500 mA/g until 2.0 V, Rest for 1 h, Discharge at 5 mW until 2.0 V]\n");
        Assert.Equal(new RecordRule(30, 0.005, null), program.Record);
        Assert.Equal([30.0, 30, 1, 10, 2, 30, 2], program.Steps.Where(step => step is not LoopStep).Select(step => program.RecordOf(step).IntervalSeconds));
        Assert.Equal([2, 3, 4, 6], program.Steps.Where(step => step.Record is not null).Select(step => step.Number - 1));
        Assert.Equal(30, program.LongestIntervalSeconds);
    }

    [Fact]
    public void The_rate_map_stores_its_fast_cycles_densely_and_its_slow_ones_sparsely()
    {
        CellProgram program = Compile(RepositoryFiles.Text("config", "protocols", "rate-map-steps.yaml"));
        Assert.All(program.Steps.OfType<CurrentStep>(), step => Assert.Equal(DefaultRecordRule.For(step.RateC), program.RecordOf(step)));
        Assert.Equal([2.0, 10, 30], program.Steps.OfType<CurrentStep>().Select(step => program.RecordOf(step).IntervalSeconds).Distinct().Order());
    }

    [Fact]
    public void A_period_is_the_steps_own()
    {
        string text = Head + "record: {time_s: 30}\nmethod:\n  - Charge at 0.1C until 4.8 V\n  - Rest for 1 h (5 second period)\n";
        CellProgram program = Compile(text);
        Assert.Equal((30, null, 5), (program.Record.IntervalSeconds, program.Steps[0].Record, program.Steps[1].Record!.IntervalSeconds));
        Assert.Empty(ProtocolReader.Read("t.yaml", text).Warnings);
    }

    [Fact]
    public void A_base_of_the_file_that_differs_from_the_samples_is_a_warning()
    {
        Protocol protocol = ProtocolReader.Read("t.yaml", Head + "rate_base: 200 mAh/g\n" + Cycle).Protocol!;
        Assert.Contains("1C is 250 mA/g by the sample's base, but 200 mA/g", Assert.Single(ProgramCompiler.Compile(protocol, Base).Warnings).Message, StringComparison.Ordinal);
        Protocol whole = ProtocolReader.Read("t.yaml", Head + "rate_base: 0.5 mAh\n" + Cycle).Protocol!;
        Assert.Equal(5e-5, Assert.IsType<CurrentStep>(ProgramCompiler.Compile(whole, null).Program!.Steps[0]).CurrentAmperes, 12);
    }

    [Fact]
    public void What_no_tester_can_do_is_a_warning_of_the_check_and_an_error_of_the_compilation()
    {
        string text = RepositoryFiles.Text("config", "protocols", "impedance-before-and-after.yaml");
        ProtocolCheck check = ProtocolCheck.Of("t.yaml", text, Base);
        Assert.True(check.Valid);
        Assert.Contains("measures no impedance", check.Warnings[0].Message, StringComparison.Ordinal);
        Compilation compilation = ProgramCompiler.Compile(ProtocolReader.Read("t.yaml", text).Protocol!, Base);
        Assert.Null(compilation.Program);
        Assert.Contains("measures no impedance", compilation.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cycle-life-5c-400.yaml")]
    [InlineData("life-with-check-ups.yaml")]
    [InlineData("rate-map-steps.yaml")]
    [InlineData("gitt.yaml")]
    [InlineData("cyclic-voltammetry.yaml")]
    public void An_export_to_unicycler_reads_back_to_the_same_program(string file)
    {
        Protocol protocol = ProtocolReader.Read(file, RepositoryFiles.Text("config", "protocols", file)).Protocol!;
        Assert.Empty(ExportProblems.Of(protocol, "unicycler"));
        ProtocolReading back = ProtocolReader.Read("back.json", UnicyclerWriter.Write(protocol));
        Assert.True(back.Protocol is not null, string.Join("\n", back.Errors));
        Assert.Equal(
            ProgramText.Of(ProgramCompiler.Compile(protocol, Base).Program!.WithoutDecisions()).Select(WithoutBlock),
            ProgramText.Of(ProgramCompiler.Compile(back.Protocol, Base).Program!).Select(WithoutBlock));
    }

    [Fact]
    public void What_unicycler_cannot_say_is_named()
    {
        Protocol protocol = ProtocolReader.Read("t.yaml", Head + "method:\n  - Charge at 25 mA/g until 4.8 V\n  - {step: barrier, wait_for: xrd}\n").Protocol!;
        Assert.Equal(
            ["'Charge at 25 mA/g until 4.8 V': unicycler knows no current per gram; write a rate or mA", "'barrier': unicycler has no such step"],
            ExportProblems.Of(protocol, "unicycler").Select(problem => problem.Message));
    }

    private static string WithoutBlock(string step) => step.Split('@')[0];

    private static CellProgram Compile(string text)
    {
        ProtocolReading reading = ProtocolReader.Read("t.yaml", text);
        Assert.True(reading.Protocol is not null, string.Join("\n", reading.Errors));
        Compilation compilation = ProgramCompiler.Compile(reading.Protocol, Base);
        Assert.True(compilation.Program is not null, string.Join("\n", compilation.Errors));
        return compilation.Program;
    }
}
