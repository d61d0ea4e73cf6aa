using CellLab.Core.Cycles;
using CellLab.Core.Samples;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Core.Cycles;

/// <summary>Live and whole-step count of the same steps.</summary>
public sealed class CycleCounterPropertyTests
{
    private const double Nominal = 1e-3;
    private const int RecordsPerStep = 7;

    /// <summary>Charges of steps, Ah: far below, just below, at and above 0.1 % of the nominal capacity, either way.</summary>
    private static readonly Gen<double[]> Steps = Gen
        .Elements(0, 1e-8, 9.99e-7, 1e-6, 1.01e-6, 1e-4, 1e-3)
        .SelectMany(size => Gen.Elements(-1.0, 1.0).Select(sign => sign * size))
        .ArrayOf();

    private static readonly Gen<LeadingDirection> Directions = Gen.Elements(LeadingDirection.Charge, LeadingDirection.Discharge);

    [Fact]
    public void Both_forms_differ_only_inside_the_step_that_begins_a_cycle() => ForAll((steps, leading) =>
    {
        int[][] live = Live(steps, leading);
        int[] whole = Whole(steps, leading);
        for (int i = 0; i < steps.Length; i++)
        {
            int before = i == 0 ? 0 : whole[i - 1];
            Assert.Equal(whole[i], live[i][^1]);
            Assert.All(live[i], count => Assert.True(count == whole[i] || (whole[i] == before + 1 && count == before)));
            Assert.Equal(live[i].Order(), live[i]);
        }
    });

    [Fact]
    public void A_cycle_begins_only_in_the_leading_direction_and_only_after_the_other_one() => ForAll((steps, leading) =>
    {
        int[] whole = Whole(steps, leading);
        double sign = leading == LeadingDirection.Charge ? 1 : -1;
        int[] starts = [.. Enumerable.Range(0, steps.Length).Where(i => whole[i] > (i == 0 ? 0 : whole[i - 1]))];
        Assert.All(starts, i => Assert.True(sign * steps[i] >= 1e-6));
        Assert.All(starts.Zip(starts.Skip(1)), pair =>
            Assert.Contains(steps[pair.First..pair.Second], charge => -sign * charge >= 1e-6));
    });

    [Fact]
    public void A_restart_after_any_record_changes_nothing() => ForAll((steps, leading) =>
        Assert.Equal(Live(steps, leading), Live(steps, leading, restart: true)));

    private static void ForAll(Action<double[], LeadingDirection> check) =>
        Prop.ForAll(Steps.ToArbitrary(), Directions.ToArbitrary(), check).QuickCheckThrowOnFailure();

    private static int[] Whole(double[] steps, LeadingDirection leading)
    {
        var counter = new CycleCounter(Nominal, leading);
        return [.. steps.Select(counter.CountOfStep)];
    }

    private static int[][] Live(double[] steps, LeadingDirection leading, bool restart = false)
    {
        var counter = new CycleCounter(Nominal, leading);
        return
        [
            .. steps.Select((charge, step) => Enumerable.Range(0, RecordsPerStep).Select(record =>
            {
                counter = restart ? new CycleCounter(Nominal, leading, counter.State) : counter;
                return counter.Count(step + 1, charge * record / (RecordsPerStep - 1));
            }).ToArray()),
        ];
    }
}
