using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;
using CellLab.Service.Offline;
using CellLab.Service.Offline.Preview;

namespace CellLab.Tests.Core.Protocols;

/// <summary>Every shipped protocol on both simulated cells of 2 mg at 250 mAh/g: checked, compiled, divided for a tester, and played with few repeats.</summary>
[Trait("Suite", "Broad")]
public sealed class LibraryTests
{
    private static readonly CRateBase Base = new(250, 2.00);

    /// <summary>What else than a cycler a file needs, by a word of the refusal of a cycler alone.</summary>
    private static readonly Dictionary<string, string[]> NeedsMore = new()
    {
        ["demo-dems.yaml"] = ["measures no impedance", "mass spectrometer", "calibration gas"],
        ["demo-xrd.yaml"] = ["pulse to another instrument", "waits for another instrument"],
        ["demo-life-1c.yaml"] = ["measures no impedance"],
        ["demo-life-5c.yaml"] = ["measures no impedance"],
        ["dems-first-cycle.yaml"] = ["mass spectrometer", "calibration gas"],
        ["ex-situ-charged.yaml"] = ["the cell is to be taken out here"],
        ["ex-situ-discharged.yaml"] = ["the cell is to be taken out here"],
        ["impedance-before-and-after.yaml"] = ["measures no impedance"],
        ["impedance-every-n-cycles.yaml"] = ["measures no impedance"],
        ["in-situ-xrd-first-cycle.yaml"] = ["pulse to another instrument", "waits for another instrument", "a person has to do something"],
    };

    /// <summary>Who else acts in them, and the segments of the previewed file.</summary>
    private static readonly Dictionary<string, (string[] Needs, int Segments)> Acts = new()
    {
        ["demo-dems.yaml"] = (["eis", "ms", "ms", "ms"], 6),
        ["demo-xrd.yaml"] = (["xrd", "xrd"], 2),
        ["demo-life-1c.yaml"] = (["eis"], 2),
        ["demo-life-5c.yaml"] = (["eis"], 2),
        ["dems-first-cycle.yaml"] = (["ms", "ms", "ms"], 4),
        ["ex-situ-charged.yaml"] = (["person"], 2),
        ["ex-situ-discharged.yaml"] = (["person"], 2),
        ["impedance-before-and-after.yaml"] = (["eis", "eis"], 4),
        ["impedance-every-n-cycles.yaml"] = (["eis", "eis"], 5),
        ["in-situ-xrd-first-cycle.yaml"] = (["person", "xrd", "xrd"], 4),
    };

    /// <summary>Parameters that make the long ones short.</summary>
    private static readonly Dictionary<string, string> Short = new() { ["cycles"] = "3", ["every"] = "2", ["pulse_s"] = "7200", ["rest_s"] = "600" };

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(RepositoryFiles.PathOf("config", "protocols")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_valid_and_runs_on_a_tester_or_says_what_it_needs(string file)
    {
        Protocol protocol = ProtocolReader.Read(file, Text(file)).Protocol!;
        ProtocolCheck check = ProtocolCheck.Of(file, Text(file), Base);
        Assert.True(check.Valid, string.Join("\n", check.Errors));
        Compilation compilation = ProgramCompiler.Compile(protocol, Base);
        if (NeedsMore.TryGetValue(file, out string[]? needs))
        {
            Assert.Null(compilation.Program);
            Assert.All(needs, need => Assert.Contains(compilation.Errors, error => error.Message.Contains(need, StringComparison.Ordinal)));
            return;
        }

        Assert.True(compilation.Program is not null, string.Join("\n", compilation.Errors));
        Assert.All(SegmentPlan.Of(compilation.Program, ExecutorAbility.InstrumentAlone).Stages, stage => Assert.Null(stage.ProgramFor(Base.OneCAmperes).Measured));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_can_be_rehearsed_on_both_cells_and_ends_within_its_limits(string file)
    {
        Protocol protocol = ProtocolReader.Read(file, Text(file), Settings(file)).Protocol!;
        CellProgram program = ProgramCompiler.Compile(protocol, Base, new CompileOptions { KeepsOtherInstruments = true }).Program!;
        foreach (string cell in ProtocolRehearsal.Cells)
        {
            ProtocolPreview preview = ProtocolRehearsal.Play(Shortened(program), new RehearsalSetup { Cell = cell, Base = Base }, CancellationToken.None);
            Assert.Null(preview.StoppedBy);
            Assert.InRange(preview.HighestV, 3, 4.81);
            Assert.InRange(preview.LowestV, 1.99, 3.5);
        }
    }

    [Fact]
    public void What_needs_more_than_a_cycler_is_previewed_with_who_acts_and_where_the_program_is_split()
    {
        Assert.Equal(NeedsMore.Keys.Order(), Acts.Keys.Order());
        foreach ((string file, (string[] needs, int segments)) in Acts)
        {
            PreviewOutcome outcome = ProtocolPreviewer.Preview(
                new ProtocolText(file, Text(file), Settings(file)), null, new RehearsalSetup { Base = Base }, CancellationToken.None);
            Assert.True(outcome.Preview is not null, string.Join("\n", outcome.Errors));
            Assert.Equal(needs, outcome.Preview.OtherInstruments.Select(other => other.Needs));
            Assert.Equal(segments, outcome.Preview.Segments.Count);
            Assert.Equal(
                outcome.Preview.OtherInstruments.Where(other => other.SplitsProgram).Sum(other => other.Passes), outcome.Preview.Segments.Count(segment => segment.Role != "cycler"));
            Assert.Contains(outcome.Preview.Warnings, warning => warning.Message.Contains("a submit refuses the file", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_spectrum_of_seven_decades_is_expected_to_take_the_25_minutes_that_its_comment_states()
    {
        Protocol protocol = ProtocolReader.Read("t.yaml", Text("impedance-before-and-after.yaml")).Protocol!;
        CellProgram program = ProgramCompiler.Compile(protocol, Base, new CompileOptions { KeepsOtherInstruments = true }).Program!;
        Assert.All(program.Steps.OfType<OtherInstrumentStep>(), step => Assert.InRange(step.ExpectedSeconds!.Value, 24 * 60, 26 * 60));
    }

    [Fact]
    public void A_titration_ends_at_its_cut_offs_and_not_by_its_count()
    {
        Protocol protocol = ProtocolReader.Read("gitt.yaml", Text("gitt.yaml")).Protocol!;
        CellProgram program = ProgramCompiler.Compile(protocol, Base).Program!;
        Assert.Equal([1.0, 10, 1, 10], program.Steps.Where(step => step is not LoopStep).Select(step => program.RecordOf(step).IntervalSeconds));
        ProtocolPreview preview = ProtocolRehearsal.Play(program, new RehearsalSetup { Cell = "LMNO", Base = Base }, CancellationToken.None);
        int[] pulses = [.. preview.Steps.Where(step => step.CurrentMa is not null).Select(step => step.Passes)];
        Assert.All(pulses, count => Assert.InRange(count, 50, 100));
    }

    /// <summary>Cycles three times at most; titrations as long as the cell takes.</summary>
    private static CellProgram Shortened(CellProgram program) => program with
    {
        Steps = [.. program.Steps.Select(step => step is LoopStep { Exits: null or { VoltageAboveVolts: null, VoltageBelowVolts: null }, Passes: > 3 } loop
            ? loop with { Passes = 3 } : step)],
    };

    private static Dictionary<string, string> Settings(string file) =>
        file.EndsWith(".yaml", StringComparison.Ordinal) ? Short.Where(pair => Text(file).Contains($"${{{pair.Key}}}", StringComparison.Ordinal)).ToDictionary() : [];

    private static string Text(string file) => RepositoryFiles.Text("config", "protocols", file);
}
