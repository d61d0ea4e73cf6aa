using System.Xml.Linq;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Core.Units;
using CellLab.Service.Offline;
using CellLab.Service.Offline.Preview;
using CellLab.Service.Offline.Preview.Drawing;
using CellLab.Tests.Core;

namespace CellLab.Tests.Service.Offline;

public sealed class ProtocolPreviewTests
{
    private const string Cycle = "celllab_protocol: 1\nwindow: 2.0-4.8 V\nblocks:\n  cycle:\n    - Charge at 0.1C until 4.8 V\n    - Discharge at 0.1C until 2.0 V\nmethod:\n  - repeat: 2\n    block: cycle\n";
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly RehearsalSetup Plain = new() { Base = new CRateBase(250, 2), StartsAt = Noon };

    [Fact]
    public void Without_a_known_cell_the_durations_are_capacity_by_current_and_it_says_so()
    {
        ProtocolPreview preview = Preview(Cycle, Plain);

        Assert.True(preview.PlainEstimate);
        Assert.StartsWith("plain estimate from capacity and current alone (1C = 0.5 mA", preview.Estimate, StringComparison.Ordinal);
        Assert.All(preview.Steps, step => Assert.InRange(step.FirstDurationS, 36000 * 0.99, 36000 * 1.01));
        Assert.Equal(Noon.AddSeconds(preview.DurationS), preview.EndsUtc);
        Assert.Equal([1, 2, 1, 2], preview.Executed.Select(executed => executed.Step));
        Assert.Equal((2.0, 4.8), (Math.Round(preview.LowestV, 3), Math.Round(preview.HighestV, 3)));
    }

    [Fact]
    public void Range_and_errors_of_each_step_are_told_with_a_warning_above_half_a_percent()
    {
        ProtocolPreview preview = Preview(
            "celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - Charge at 0.05C until 4.8 V\n",
            Plain with { Chosen = new ChosenChannel("c", new ChannelCapability { CurrentRangesAmperes = [10e-3] }, null) });

        PreviewedStep step = Assert.Single(preview.Steps);
        Assert.Equal((25e-3, 10, true), (Math.Round(step.CurrentMa!.Value, 9), step.RangeMa, step.Doubtful));
        Assert.Equal((4.02, 8.0), (Math.Round(step.CurrentErrorPercent!.Value, 2), Math.Round(step.CeErrorPercent!.Value, 2)));
        Assert.Contains("the coulombic efficiency of 8 %", Assert.Single(preview.Warnings).Message, StringComparison.Ordinal);
        Assert.False(preview.Channel.RangesAssumed);
    }

    [Fact]
    public void Blocks_and_segments_hold_every_step_once()
    {
        ProtocolPreview preview = Preview(RepositoryFiles.Text("config", "protocols", "gitt.yaml"), Plain);

        Assert.Equal(preview.DurationS, preview.Blocks.Sum(block => block.DurationS), 1.0);
        Assert.Equal(preview.Records, preview.Blocks.Sum(block => block.Records));
        Assert.Equal(preview.DurationS, preview.Segments.Sum(segment => segment.DurationS), 1.0);
        Assert.Equal("", preview.Segments[0].CellBefore);
    }

    [Fact]
    public void Where_the_program_is_split_and_what_the_cell_does_there_is_told_by_channel()
    {
        CellProgram program = Program(
            new CurrentStep(1, "life", 5e-4, 1, null, 4.8), new CurrentStep(2, "life", -5e-4, -1, null, 2.0),
            new LoopStep(3, "life", 1, 5) { Exits = new LoopExits { CapacityFraction = 0.8, OfCycle = 1 } },
            new CurrentStep(4, "last", 5e-5, 0.1, null, 4.8));

        IReadOnlyList<PreviewedSegment> alone = ProtocolRehearsal.Play(program, Plain, default).Segments;
        IReadOnlyList<PreviewedSegment> stepped = ProtocolRehearsal.Play(
            program, Plain with { Chosen = new ChosenChannel("c", new ChannelCapability { SteppedByService = true }, null) }, default).Segments;

        Assert.Equal(2, alone.Count);
        Assert.True(alone[0].Watched);
        Assert.Contains("open circuit", alone[1].CellBefore, StringComparison.Ordinal);
        Assert.Equal(alone[0].DurationS, alone[1].StartsAtS, 1.0);
        Assert.Single(stepped);
    }

    [Fact]
    public void A_trigger_is_late_by_record_and_poll_interval_and_by_the_charge_of_that_time()
    {
        ProtocolPreview known = Preview(Cycle, Plain with { Chosen = new ChosenChannel("c", new ChannelCapability { RecordPollInterval = TimeSpan.FromSeconds(10) }, null) });
        ProtocolPreview assumed = Preview(Cycle, Plain);

        Assert.Equal(new TriggerLatency(30, 10, 40, false), known.Trigger);
        Assert.True(assumed.Trigger.PollAssumed);
        Assert.Equal(25 * 40 / 3600.0, known.Steps[0].TriggerLatencyMahG!.Value, 9); // 25 mA/g for 40 s
    }

    [Fact]
    public void Rows_follow_the_record_rule_of_their_step()
    {
        CellProgram program = Program(new RestStep(1, "main", 3600), new RestStep(2, "main", 3600) { Record = new RecordRule(1, null, null) });

        IReadOnlyList<PreviewedStep> steps = ProtocolRehearsal.Play(program, Plain, default).Steps;

        Assert.InRange(steps[0].Records, 360, 365);
        Assert.InRange(steps[1].Records, 3600, 3605);
    }

    [Fact]
    public void Without_a_capacity_there_is_no_estimate() =>
        Assert.Contains("--capacity", Assert.Throws<ArgumentException>(() => Preview("celllab_protocol: 1\nmethod:\n  - Charge at 1 mA until 4.8 V\n", new RehearsalSetup())).Message, StringComparison.Ordinal);

    [Fact]
    public void The_drawing_is_one_file_with_axes_units_and_a_mark_for_every_cycle()
    {
        XElement svg = XElement.Parse(PreviewSvg.Write(Preview(Cycle, Plain), "a < b"));

        string text = svg.Value;
        Assert.All(["a < b", "voltage / V", "time / h", "capacity / mAh/g", "cycle"], words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Equal(2 + 2 * 2, svg.Descendants().Count(element => element.Name.LocalName == "circle")); // two of them explain the marks
        Assert.DoesNotContain("http", svg.ToString().Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_trace_stays_bounded_and_keeps_its_extremes()
    {
        var trace = new VoltageTrace();
        for (int i = 0; i < 100_000; i++)
        {
            trace.Add(i * 37.0, i == 70_001 ? 4.9 : 3 + i % 2);
        }

        Assert.InRange(trace.Points.Count, 700, 1440);
        Assert.Equal((3.0, 4.9), (trace.Points.Min(point => point.LowV), trace.Points.Max(point => point.HighV)));
        Assert.Equal(99_999 * 37.0, trace.Points[^1].TS, 4096.0);
    }

    [Theory]
    [InlineData("1C", true)]
    [InlineData("0.1C", false)]
    public void A_pattern_that_spans_more_than_a_tenth_of_its_half_cycle_is_a_warning_with_its_span(string rate, bool warned)
    {
        ProtocolPreview preview = Preview(
            $"celllab_protocol: 1\nwindow: 2.0-4.8 V\nmethod:\n  - {{step: trigger, target: xrd, every_s: 1200, exposure_s: 900}}\n  - Charge at {rate} until 4.8 V\n  - Discharge at 0.1C until 2.0 V\n",
            Plain);

        string[] spans = [.. preview.Warnings.Select(warning => warning.Message).Where(message => message.StartsWith("a pattern of 900 s", StringComparison.Ordinal))];
        Assert.Equal(warned ? ["a pattern of 900 s spans more than 10 % of the half cycle in step 2 (up to 25 %, 62.5 mAh/g): the state of the cell is smeared over it"] : [], spans);
    }

    private static CellProgram Program(params ProgramStep[] steps) =>
        new("p", steps, new RecordRule(10, 0.005, null), new SafetyLimits(4.9, 1.8, null, null, null, 5), 5e-4);

    private static ProtocolPreview Preview(string text, RehearsalSetup setup)
    {
        PreviewOutcome outcome = ProtocolPreviewer.Preview(new ProtocolText("p.yaml", text), null, setup, default);
        return outcome.Preview ?? throw new InvalidOperationException(string.Join('\n', outcome.Errors));
    }
}
