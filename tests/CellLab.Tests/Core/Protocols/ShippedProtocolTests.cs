using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Tests.Core.Protocols;

public sealed class ShippedProtocolTests
{
    private static readonly CRateBase Base = new(250, 2.00);

    public static TheoryData<string> Files
    {
        get
        {
            var files = new TheoryData<string>();
            foreach (string path in Directory.EnumerateFiles(RepositoryFiles.PathOf("config", "protocols"), "*.json"))
            {
                files.Add(Path.GetFileName(path));
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_shipped_protocol_compiles_without_errors_or_warnings(string file)
    {
        Compilation compilation = Compile(file, Base);
        Assert.Empty(compilation.Errors);
        Assert.Empty(compilation.Warnings);
        Assert.Equal(4.9, compilation.Program!.Limits.MaxVolts);
        Assert.Equal(1.8, compilation.Program.Limits.MinVolts);
        Assert.Equal(5, compilation.Program.Limits.DelaySeconds);
    }

    [Fact]
    public void The_rate_map_is_one_formation_cycle_and_three_cycles_at_each_of_seven_rates()
    {
        CellProgram program = Compile("rate-map.json", Base).Program!;
        (string, double, int)[] blocks =
        [
            .. program.Steps.OfType<LoopStep>().Select(loop =>
                (loop.Block, ((CurrentStep)program.Steps[loop.FirstStep - 1]).RateC ?? 0, loop.Passes)),
        ];
        Assert.Equal(
            [
                ("formation", 0.1, 1), ("rate-0.05c", 0.05, 3), ("rate-0.1c", 0.1, 3), ("rate-0.2c", 0.2, 3), ("rate-0.5c", 0.5, 3),
                ("rate-1c", 1.0, 3), ("rate-2c", 2.0, 3), ("rate-5c", 5.0, 3),
            ],
            blocks);
        Assert.All(program.Steps.OfType<CurrentStep>(), step => Assert.Equal(step.CurrentAmperes > 0 ? 4.8 : 2.0, step.UntilVoltageVolts));
        Assert.DoesNotContain(program.Steps, step => step is RestStep or VoltageStep);
        Assert.Equal(2.5e-3, program.Steps.OfType<CurrentStep>().Max(step => step.CurrentAmperes), 12);
    }

    [Fact]
    public void Without_a_base_every_rate_is_refused_by_name_with_the_remedy()
    {
        Compilation compilation = Compile("first-cycle-0.1c.json", null);
        Assert.Null(compilation.Program);
        Assert.Equal(2, compilation.Errors.Count);
        Assert.StartsWith("step 2 (constant_current): the rate 0.1C has no base current", compilation.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("--mass", compilation.Errors[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_the_how_to_page_is_a_protocol()
    {
        string page = RepositoryFiles.Text("docs", "how-to", "protocols-unicycler.md");
        string example = page.Split("```json")[1].Split("```")[0];
        Compilation compilation = Compiled("example.json", example, Base);
        Assert.Empty(compilation.Errors);
        Assert.Equal(["formation"], compilation.Program!.Steps.Select(step => step.Block).Distinct());
    }

    private static Compilation Compile(string file, CRateBase? rateBase) =>
        Compiled(file, RepositoryFiles.Text("config", "protocols", file), rateBase);

    private static Compilation Compiled(string file, string text, CRateBase? rateBase)
    {
        ProtocolReading reading = ProtocolReader.Read(file, text);
        Assert.Empty(reading.Errors);
        Assert.Empty(reading.Warnings);
        return ProgramCompiler.Compile(reading.Protocol!, rateBase);
    }
}
