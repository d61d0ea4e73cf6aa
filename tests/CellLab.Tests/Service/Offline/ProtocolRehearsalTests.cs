using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Safety;
using CellLab.Core.Units;
using CellLab.Service.Offline.Preview;
using CellLab.Tests.Core;

namespace CellLab.Tests.Service.Offline;

[Trait("Suite", "Broad")]
public sealed class ProtocolRehearsalTests
{
    private static readonly CRateBase Base = new(250, 2);

    /// <summary>Reference values of the cell model: first cycle at 0.1C, and the third cycles of the rate map in sequence.</summary>
    [Theory]
    [InlineData("LMNO", 322.1, 246.1, 243.4, 74.8)]
    [InlineData("lmnpo-vo", 294.8, 250.1, 252.3, 135.2)]
    public void The_rate_map_is_rehearsed_as_the_cell_model_says(string cell, double charge, double discharge, double slow, double fast)
    {
        ProtocolPreview preview = Play("rate-map.json", cell);

        Assert.Null(preview.StoppedBy);
        Assert.Equal(22, preview.Cycles.Count);
        Near(charge, preview.Cycles[0].ChargeMahG, 0.005);
        Near(discharge, preview.Cycles[0].DischargeMahG, 0.005);
        Near(slow, preview.Cycles[3].DischargeMahG, 0.005);
        Near(fast, preview.Cycles[21].DischargeMahG, 0.005);
        Assert.Equal((4.8, 2.0), (Math.Round(preview.HighestV, 3), Math.Round(preview.LowestV, 3)));
        Assert.Equal(2.5, preview.PeakCurrentMa, 9);
    }

    [Fact]
    public void Totals_are_the_sums_of_the_steps()
    {
        ProtocolPreview preview = Play("rate-map.json", "LMNO");

        Assert.Equal(preview.DurationS, preview.Steps.Sum(step => step.TotalDurationS), 1e-3 * preview.DurationS);
        Assert.Equal(preview.Records, preview.Steps.Sum(step => step.Records));
    }

    [Fact]
    public void A_program_that_passes_a_limit_says_at_which_step()
    {
        var program = new CellProgram(
            "too far", [new CurrentStep(1, "main", 5e-5, 0.1, 1e6, null)], new RecordRule(30, 0.005, null), new SafetyLimits(4.9, 1.8, null, null, null, 5), 5e-4);

        ProtocolPreview preview = ProtocolRehearsal.Play(program, OnModel("LMNO"), default);

        Assert.StartsWith("step 1 passes a safety limit", preview.StoppedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_years_of_rest_are_a_few_thousand_time_steps_and_the_drawing_has_no_holes()
    {
        int measured = 0;
        var program = new CellProgram(
            "p", [new CurrentStep(1, "b", 5e-4, 1, null, 4.8), new RestStep(2, "b", 9.9 * DryRun.SecondsPerYear), new CurrentStep(3, "b", -5e-4, -1, null, 2.0)],
            new RecordRule(30, 0.005, null), new SafetyLimits(4.9, 1.8, null, null, null, 5), 5e-4);
        ProtocolPreview preview = ProtocolRehearsal.Play(program, new RehearsalSetup { Cell = "LMNO", Base = Base }, default);
        Assert.Null(preview.StoppedBy);
        Assert.Equal(3, preview.Executed.Count);
        TracePoint[] gaps = [.. preview.Voltage.Zip(preview.Voltage.Skip(1)).Where(pair => pair.Second.TS - pair.First.TS > 1.5 * (preview.Voltage[1].TS - preview.Voltage[0].TS)).Select(pair => pair.First)];
        Assert.Empty(gaps);
        var run = new DryRun(program) { Measured = _ => measured++ };
        Assert.Equal(3, run.Play(new CellLab.Tests.Core.Programs.LinearCell(2.0, 2.8 / 1.8, 1), 1e9, default).Count());
        Assert.InRange(measured, 100, 20_000);
    }

    [Fact]
    public void An_unknown_cell_is_refused_with_the_known_ones()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Play("first-cycle-0.1c.json", "LFP"));
        Assert.Contains("LMNO, LMNPO-VO", refusal.Message, StringComparison.Ordinal);
    }

    private static RehearsalSetup OnModel(string cell) => new() { Cell = cell, Base = Base };

    private static ProtocolPreview Play(string file, string cell)
    {
        Protocol protocol = ProtocolReader.Read(file, RepositoryFiles.Text("config", "protocols", file)).Protocol!;
        return ProtocolRehearsal.Play(ProgramCompiler.Compile(protocol, Base).Program!, OnModel(cell), default);
    }

    private static void Near(double expected, double? found, double share) => Assert.InRange(found!.Value, expected * (1 - share), expected * (1 + share));
}
