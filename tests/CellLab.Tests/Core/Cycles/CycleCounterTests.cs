using CellLab.Core.Cycles;
using CellLab.Core.Samples;

namespace CellLab.Tests.Core.Cycles;

public sealed class CycleCounterTests
{
    /// <summary>Vector 7 of the data-format definitions: nominal 1 mAh, leading charge.</summary>
    [Fact]
    public void The_whole_step_form_gives_the_published_vector()
    {
        var counter = new CycleCounter(1e-3, LeadingDirection.Charge);
        double[] milliampereHours = [-0.5, 0.0005, 1, -0.0005, 0.1, -1, 1];

        int[] counts = [.. milliampereHours.Select(moved => counter.CountOfStep(moved * 1e-3))];

        Assert.Equal([0, 0, 1, 1, 1, 1, 2], counts);
    }

    [Fact]
    public void Live_the_count_rises_with_the_record_that_passes_one_thousandth()
    {
        var counter = new CycleCounter(1e-3, LeadingDirection.Charge);

        int[] counts = [.. new[] { 0, 0.5e-6, 0.99e-6, 1.0e-6, 2e-6 }.Select(moved => counter.Count(1, moved))];

        Assert.Equal([0, 0, 0, 1, 1], counts);
    }

    [Fact]
    public void A_counter_goes_on_from_its_stored_state()
    {
        var first = new CycleCounter(1e-3, LeadingDirection.Charge);
        first.Count(1, 1e-3);
        first.Count(2, -1e-3);

        var second = new CycleCounter(1e-3, LeadingDirection.Charge, first.State);

        Assert.Equal(1, second.Count(2, -1.1e-3));
        Assert.Equal(2, second.Count(3, 1e-3));
    }

    [Fact]
    public void An_anode_half_cell_leads_with_its_discharge()
    {
        var counter = new CycleCounter(1e-3, LeadingDirection.Discharge);

        Assert.Equal([0, 1, 1, 2], new[] { 1e-3, -1e-3, 1e-3, -1e-3 }.Select(counter.CountOfStep));
    }
}
