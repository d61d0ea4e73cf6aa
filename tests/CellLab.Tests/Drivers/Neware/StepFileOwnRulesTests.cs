using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Safety;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>Record rules and capacity ends of single steps, written and read again; and what a step file cannot hold.</summary>
public sealed class StepFileOwnRulesTests
{
    private static readonly RecordRule Dense = new(1, 0.001, null);

    [Fact]
    public void Record_rules_and_capacity_ends_of_single_steps_come_back()
    {
        CellProgram program = Of(
            new CurrentStep(1, "main", 1e-4, null, 600, 4.8, 2e-4) { Record = Dense },
            new VoltageStep(2, "main", 4.8, true, 600, null, UntilAmpereHours: 1e-5), new RestStep(3, "main", 60));
        string text = Write(program);
        Assert.Contains("<Cap Value=\"720\"", text, StringComparison.Ordinal); // 0.2 mAh in mA s
        ProtocolStep[] steps = [.. NewareStepFileReader.Read("x.xml", text).Protocol!.Steps];
        Assert.Equal((1, 0.001, 2e-4), (steps[0].PeriodSeconds, steps[0].RecordDeltaVolts, steps[0].UntilCapacity!.AmpereHours));
        Assert.Equal((null, 1e-5), (steps[1].PeriodSeconds, steps[1].UntilCapacity!.AmpereHours));
        Assert.Null(steps[2].PeriodSeconds);
    }

    [Fact]
    public void What_only_a_watcher_can_decide_is_refused_until_it_is_taken_out()
    {
        CellProgram program = Of(
            new CurrentStep(1, "a", 1e-4, 0.1, null, 4.8), new LoopStep(2, "a", 1, 9) { Exits = new LoopExits { VoltageAboveVolts = 4.8 } },
            new PowerStep(3, "main", 1e-3, 60, null)) with { Measured = new MeasuredBase("a", 1, 2, 1) };
        Assert.Equal(3, NewareStepFile.Problems(program).Count);
        Assert.StartsWith("step 3: constant power", Assert.Single(NewareStepFile.Problems(program.WithoutDecisions())), StringComparison.Ordinal);
    }

    private static string Write(CellProgram program) => NewareStepFile.Write(program, "cell", new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), Guid.Empty);

    private static CellProgram Of(params ProgramStep[] steps) =>
        new("p", steps, new RecordRule(30, 0.005, null), new SafetyLimits(4.9, 1.8, null, null, null, 5), 1e-3);
}
