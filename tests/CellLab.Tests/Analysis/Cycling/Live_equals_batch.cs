using CellLab.Analysis.Cycling;
using CellLab.Core.Cycles;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Analysis.Cycling;

public sealed class Live_equals_batch
{
    [Fact]
    public void Any_cutting_of_the_records_with_the_state_saved_between_gives_the_batch_bit_for_bit() =>
        Prop.ForAll(
            RandomTests.Arbitrary,
            ArbMap.Default.ArbFor<int>(),
            (records, seed) =>
            {
                CyclingBatch batch = CyclingBatch.Run(records, RandomTests.Settings, DataEnd.AsProgrammed);
                CyclingBatchSink live = RunInPieces(records, new Random(seed));
                return batch.Steps.SequenceEqual(live.Steps)
                    && batch.Cycles.SequenceEqual(live.Cycles)
                    && batch.Findings.SequenceEqual(live.Findings);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_running_cycle_after_the_last_record_is_the_last_cycle_of_the_batch() =>
        Prop.ForAll(
            RandomTests.Arbitrary,
            records =>
            {
                var analysis = new CyclingAnalysis(RandomTests.Settings, new CyclingBatchSink());
                foreach (CyclingRecord record in records)
                {
                    analysis.Add(record);
                }

                CycleResult? running = analysis.Current(DataEnd.AsProgrammed);
                return running == (CyclingBatch.Run(records, RandomTests.Settings, DataEnd.AsProgrammed).Cycles is [.., var last] ? last : null);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Charge_is_neither_lost_nor_counted_twice_between_steps_and_cycles() =>
        Prop.ForAll(
            RandomTests.Arbitrary,
            records =>
            {
                CyclingBatch batch = CyclingBatch.Run(records, RandomTests.Settings, DataEnd.Early);
                double steps = batch.Steps.Where(s => s.Cycle > 0).Sum(s => s.Sums.ThroughputAh);
                double cycles = batch.Cycles.Where(c => c.Cycle > 0).Sum(c => c.Sums.ThroughputAh);
                return Math.Abs(steps - cycles) <= 1e-12 * (1 + steps);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cycle_of_a_step_is_that_of_the_counters_whole_step_form() =>
        Prop.ForAll(
            RandomTests.Arbitrary,
            records =>
            {
                List<StepResult> steps = CyclingBatch.Run(records, RandomTests.Settings, DataEnd.Early).Steps
                    .TakeWhile(step => step.Sums.ChargeAh == 0 || step.Sums.DischargeAh == 0) // a step that turns may differ within itself
                    .ToList();
                var counter = new CycleCounter(RandomTests.Settings.NominalAmpereHours, RandomTests.Settings.Leading);
                return steps.All(step => counter.CountOfStep(step.Sums.ChargeAh - step.Sums.DischargeAh) == step.Cycle);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_live_count_differs_from_the_whole_step_form_only_at_the_start_of_the_step_that_begins_a_cycle()
    {
        var data = new Data();
        foreach (double milliampereHours in new[] { -0.5, 1, -1, 0.0005, 1, -0.2, -0.7, 1 })
        {
            data.Constant(milliampereHours);
        }

        var counter = new CycleCounter(Data.OneMilliampereHour.NominalAmpereHours, Data.OneMilliampereHour.Leading);
        List<StepResult> steps = [.. data.Run().Steps];
        int differing = 0;
        foreach (CyclingRecord record in data.Records)
        {
            int live = counter.Count(record.StepCount, Math.Sign(record.Amperes) * record.StepAmpereHours!.Value);
            StepResult step = steps.Single(candidate => candidate.StepCount == record.StepCount);
            bool begins = step.Cycle > 0 && steps.First(candidate => candidate.Cycle == step.Cycle) == step;
            Assert.Equal(begins && record.StepAmpereHours < 1e-6 ? step.Cycle - 1 : step.Cycle, live);
            differing += live == step.Cycle ? 0 : 1;
        }

        Assert.Equal(3, differing); // the first record of each of three charge steps
    }

    [Fact]
    public void A_state_of_another_method_version_is_not_taken_up()
    {
        string text = CyclingJson.Write(new CyclingState { Method = "cycling-0" });

        Assert.Null(CyclingJson.ReadState(text));
    }

    private static CyclingBatchSink RunInPieces(IReadOnlyList<CyclingRecord> records, Random random)
    {
        var sink = new CyclingBatchSink();
        var analysis = new CyclingAnalysis(RandomTests.Settings, sink);
        foreach (CyclingRecord record in records)
        {
            if (random.Next(4) == 0)
            {
                analysis = new CyclingAnalysis(RandomTests.Settings, sink, CyclingJson.ReadState(CyclingJson.Write(analysis.State)));
            }

            analysis.Add(record);
        }

        analysis.Finish(DataEnd.AsProgrammed);
        return sink;
    }
}
