using CellLab.CellModel;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Service.Offline.Preview;
using CellLab.Tests.Core.Programs;

namespace CellLab.Tests.Engine.Hosted;

public sealed class HostedStepTests
{
    private const double Week = 7 * 86400;

    /// <summary>A dry run takes the current of a hold as constant within its strides; the service looks every second.</summary>
    private const double HoldTolerance = 0.04;

    /// <summary>CC, CV, rest, loop with passes: at 2C and 4C of a 2 mg cell.</summary>
    private static CellProgram RateMap() => TestPrograms.Of(
        new RestStep(1, "b", 120),
        TestPrograms.Current(2, 2, 4.8),
        new VoltageStep(3, "b", 4.8, true, 1800, 0.5 * TestPrograms.OneC, StartCurrentAmperes: 2 * TestPrograms.OneC),
        new RestStep(4, "b", 90),
        TestPrograms.Current(5, -4, 2.0),
        new LoopStep(6, "b", 2, 2));

    private static ModelCell Cell() => new(Materials.Get("LMNO"), 2, 0.01);

    [Fact]
    public async Task The_service_steps_a_program_as_the_dry_run_says()
    {
        CellProgram program = RateMap();
        List<StepEnding> rehearsed = [.. new DryRun(program).Play(Cell(), Week, default)];
        HostedBench bench = await HostedBench.StartAsync(Cell(), program);

        await bench.RunAsync();

        Assert.Equal(FollowOutcome.Complete, bench.Outcome);
        Assert.False(bench.Meter.IsOn);
        Assert.Equal(rehearsed.Select(step => step.Step.Number), bench.Steps.Select(step => step.StepId));
        Assert.Equal(rehearsed.Select(step => step.StepCount), bench.Steps.Select(step => step.StepCount));
        foreach ((StepEnding expected, StepTime found) in rehearsed.Zip(bench.Steps))
        {
            double tolerance = expected.Step is VoltageStep ? HoldTolerance : 0.01;
            double expectedSeconds = expected.DurationSeconds - (expected.AtSeconds - expected.CrossedAtSeconds);
            Assert.True(Math.Abs((found.DurationSeconds / expectedSeconds) - 1) < tolerance, $"{expected} against {found}");
            InstrumentRecord end = bench.Rows.Single(row => row.RecordNumber == found.LastRecord);
            Assert.InRange(end.StepCapacityAmpereHours!.Value, (1 - tolerance) * Math.Abs(expected.AmpereHours), (1 + tolerance) * Math.Abs(expected.AmpereHours));
        }

        Assert.InRange(bench.Steps.Sum(step => step.DurationSeconds) / rehearsed.Sum(step => step.DurationSeconds), 0.99, 1.01);
    }

    [Fact]
    public async Task Cut_offs_are_met_within_five_millivolts_also_when_every_exchange_takes_time()
    {
        HostedBench bench = await HostedBench.StartAsync(Cell(), TestPrograms.Of(TestPrograms.Current(1, 5, 4.8), TestPrograms.Current(2, -5, 2.0)));
        bench.Meter.Before = (_, _) =>
        {
            bench.Wall.Advance(TimeSpan.FromMilliseconds(40));
            return Task.CompletedTask;
        };

        await bench.RunAsync();

        Assert.Equal(FollowOutcome.Complete, bench.Outcome);
        Assert.InRange(bench.Meter.HighestVolts, 4.8, 4.805);
        Assert.InRange(bench.Meter.LowestVolts, 1.995, 2.0);
    }

    [Fact]
    public async Task Rows_are_numbered_without_a_gap_and_follow_the_rule()
    {
        HostedBench bench = await HostedBench.StartAsync(Cell(), RateMap());
        await bench.RunAsync();

        Assert.Equal(Enumerable.Range(1, bench.Rows.Count).Select(number => (long)number), bench.Rows.Select(row => row.RecordNumber));
        foreach ((InstrumentRecord before, InstrumentRecord row) in bench.Rows.Zip(bench.Rows.Skip(1)).Where(pair => pair.First.StepCount == pair.Second.StepCount))
        {
            double seconds = row.StepTimeSeconds - before.StepTimeSeconds;
            bool atEnd = bench.Steps.Any(step => step.LastRecord == row.RecordNumber);
            Assert.InRange(seconds, 0, 30.2);
            Assert.True(atEnd || seconds > 29.9 || Math.Abs(row.VoltageVolts - before.VoltageVolts) >= 0.005);
        }

        Assert.Equal(bench.Meter.AmpereHours, Net(bench), 3e-6); // 0.5 mAh cell: 0.6 %
    }

    [Fact]
    public async Task A_loop_is_left_by_its_exit()
    {
        CellProgram program = TestPrograms.Of(
            new CurrentStep(1, "b", TestPrograms.OneC, 1, 360, 4.8),
            new RestStep(2, "b", 60),
            new LoopStep(3, "b", 1, 100) { Exits = new LoopExits { VoltageAboveVolts = 4.5 } });
        HostedBench bench = await HostedBench.StartAsync(new LinearCell(3.0, 2.8 / (TestPrograms.OneC * 3600), 100), program);

        await bench.RunAsync();

        Assert.Equal(FollowOutcome.Complete, bench.Outcome);
        Assert.InRange(bench.Meter.HighestVolts, 4.5, 4.8);
        Assert.Equal(12, bench.Steps.Count); // 0.28 V a pass from 3.05 V: the sixth passes 4.5 V
    }

    [Fact]
    public async Task A_scan_moves_the_voltage_in_small_steps()
    {
        var cell = new LinearCell(3.0, 2.8 / (TestPrograms.OneC * 3600), 100);
        HostedBench bench = await HostedBench.StartAsync(cell, TestPrograms.Of(new ScanStep(1, "b", 3.0, 3.1, 1e-3)));
        double last = 3.0;
        await bench.RunAsync(() =>
        {
            double volts = bench.Meter.Does is VoltageSetPoint set ? set.Volts : last;
            Assert.InRange(volts - last, 0, 0.0011);
            last = volts;
            return false;
        });
        Assert.Equal(100, Assert.Single(bench.Steps).DurationSeconds, 3);
        Assert.InRange(last, 3.0985, 3.1);
    }

    private static double Net(HostedBench bench) => bench.Steps.Sum(step =>
    {
        InstrumentRecord end = bench.Rows.Single(row => row.RecordNumber == step.LastRecord);
        return end.StepCapacityAmpereHours!.Value * (end.Kind == StepKind.ConstantCurrentDischarge ? -1 : 1);
    });
}
