using CellLab.Analysis.Cycling;
using CellLab.Core.Records;
using CellLab.Core.Samples;

namespace CellLab.Tests.Analysis.Cycling;

public sealed class Step_ends_and_gaps
{
    private static readonly CyclingSettings ThirtySeconds = new(1e-3, LeadingDirection.Charge, 30);

    [Fact]
    public void A_gap_is_integrated_but_counted_as_estimated()
    {
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantCurrentCharge, [0, 30, 60, 151, 180], _ => 1, _ => 4)
            .Run(ThirtySeconds);

        StepResult step = Assert.Single(batch.Steps);
        Assert.Equal(180 / 3600e3, step.Sums.ChargeAh, 12);
        Assert.Equal(91 / 3600e3, step.EstimatedAh, 12);
        Assert.Equal(1, step.Gaps);
        Assert.Equal(4, Assert.Single(batch.Findings).Record);
    }

    [Fact]
    public void An_interval_of_three_record_intervals_is_no_gap()
    {
        CyclingBatch batch = new Data().Step(StepKind.ConstantCurrentCharge, [0, 90, 180], _ => 1, _ => 4).Run(ThirtySeconds);

        Assert.Equal(0, Assert.Single(batch.Steps).Gaps);
        Assert.Empty(batch.Findings);
    }

    [Fact]
    public void A_counter_bridges_a_gap_without_an_estimate()
    {
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantCurrentCharge, [0, 30, 1000, 1030], _ => 1, _ => 4, t => t / 3600)
            .Run(ThirtySeconds);

        StepResult step = Assert.Single(batch.Steps);
        Assert.Equal(1030 / 3600e3, step.Sums.ChargeAh, 12);
        Assert.Equal(0, step.EstimatedAh);
        Assert.Equal(1, step.Gaps);
    }

    [Fact]
    public void A_jump_of_the_instruments_record_number_is_a_gap()
    {
        var data = new Data().Step(StepKind.ConstantCurrentCharge, [0, 30, 60], _ => 1, _ => 4);
        CyclingRecord[] records = [.. data.Records];
        records[2] = records[2] with { RecordNumber = 9 };

        CyclingBatch batch = CyclingBatch.Run(records, ThirtySeconds, DataEnd.AsProgrammed);

        Assert.Equal(FindingCodes.Gap, Assert.Single(batch.Findings).Code);
        Assert.Equal(1, Assert.Single(batch.Steps).Gaps);
    }

    [Fact]
    public void Records_that_are_missing_between_two_steps_are_a_gap()
    {
        CyclingRecord[] records =
        [
            .. new Data().Step(StepKind.Rest, [0, 30], _ => 0, _ => 4).Step(StepKind.ConstantCurrentCharge, [0, 30], _ => 1, _ => 4).Records,
        ];
        CyclingBatch whole = CyclingBatch.Run(records, ThirtySeconds, DataEnd.AsProgrammed);
        records[2] = records[2] with { RecordNumber = 12 };
        records[3] = records[3] with { RecordNumber = 13 };

        CyclingBatch batch = CyclingBatch.Run(records, ThirtySeconds, DataEnd.AsProgrammed);

        Assert.Empty(whole.Findings);
        Assert.Equal(3, Assert.Single(batch.Findings).Record);
        Assert.Equal([0, 1], batch.Steps.Select(step => step.Gaps));
    }

    [Fact]
    public void A_counter_that_starts_above_zero_adds_that_value()
    {
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantCurrentDischarge, [30, 60], _ => -1, _ => 4, t => t / 3600)
            .Run(ThirtySeconds);

        StepResult step = Assert.Single(batch.Steps);
        Assert.Equal(60 / 3600e3, step.Sums.DischargeAh, 12);
        Assert.Equal(0, step.EstimatedAh);
    }

    [Fact]
    public void The_counter_wins_and_more_than_one_percent_to_the_integral_is_found()
    {
        var data = new Data()
            .Step(StepKind.ConstantCurrentCharge, Data.Grid(0, 3600, 120), _ => 1, _ => 4, t => 1.011 * t / 3600)
            .Step(StepKind.ConstantCurrentDischarge, Data.Grid(0, 3600, 120), _ => -1, _ => 4, t => 1.009 * t / 3600);

        CyclingBatch batch = data.Run(ThirtySeconds);

        Finding finding = Assert.Single(batch.Findings);
        Assert.Equal(FindingCodes.CounterDiffers, finding.Code);
        Assert.Equal(121, finding.Record);
        Assert.Equal(1.011e-3, batch.Steps[0].Sums.ChargeAh, 12);
        Assert.Equal(1e-3, batch.Steps[0].Integrated.ChargeAh, 12);
    }

    [Fact]
    public void A_record_without_a_counter_value_is_covered_by_the_next()
    {
        CyclingBatch batch = new Data()
            .Step(StepKind.ConstantCurrentCharge, Data.Grid(0, 120, 4), _ => 1, _ => 4, t => t is 60 or 120 ? null : 2 * t / 3600)
            .Run(ThirtySeconds);

        // Counter up to 90 s, the integral for the last 30 s.
        Assert.Equal(((2 * 90) + 30) / 3600e3, Assert.Single(batch.Steps).Sums.ChargeAh, 12);
    }

    [Fact]
    public void The_known_end_of_a_step_adds_what_flowed_after_its_last_record()
    {
        var sink = new CyclingBatchSink();
        var analysis = new CyclingAnalysis(ThirtySeconds, sink);
        foreach (CyclingRecord record in new Data().Step(StepKind.ConstantCurrentCharge, [0, 30, 60], _ => 1, _ => 4).Records)
        {
            analysis.Add(record);
        }

        analysis.EndStepAt(66);
        analysis.Finish(DataEnd.AsProgrammed);

        StepResult step = Assert.Single(sink.Steps);
        Assert.Equal(66 / 3600e3, step.Sums.ChargeAh, 12);
        Assert.Equal(6 / 3600e3, step.EstimatedAh, 12);
    }

    [Fact]
    public void A_step_time_that_falls_is_reported_and_adds_nothing()
    {
        CyclingBatch batch = new Data().Step(StepKind.ConstantCurrentCharge, [0, 60, 30], _ => 1, _ => 4).Run(ThirtySeconds);

        Assert.Equal(FindingCodes.TimeFell, Assert.Single(batch.Findings).Code);
        Assert.Equal(60 / 3600e3, Assert.Single(batch.Steps).Sums.ChargeAh, 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_record_that_holds_no_number_is_passed_over(int place)
    {
        CyclingRecord[] records =
            [.. new Data().Step(StepKind.ConstantCurrentCharge, [0, 30, 60, 90], _ => 1, _ => 4, t => t / 3600).Records];
        records[place] = records[place] with { Volts = double.NaN };

        CyclingBatch batch = CyclingBatch.Run(records, ThirtySeconds, DataEnd.AsProgrammed);

        Assert.Equal(place + 1, batch.Findings[0].Record);
        Assert.Equal(FindingCodes.NotANumber, batch.Findings[0].Code);
        Assert.Equal(90 / 3600e3, Assert.Single(batch.Steps).Sums.ChargeAh, 12);
        Assert.True(double.IsFinite(batch.Steps[0].Sums.ChargeWh));
    }

    [Fact]
    public void Records_out_of_order_are_refused()
    {
        IReadOnlyList<CyclingRecord> records = new Data().Step(StepKind.Rest, [0, 30, 60], _ => 0, _ => 4).Records;

        ArgumentException error = Assert.Throws<ArgumentException>(
            () => CyclingBatch.Run([records[0], records[2]], ThirtySeconds, DataEnd.Early));

        Assert.Contains("record 3 cannot follow record 1", error.Message, StringComparison.Ordinal);
    }
}
