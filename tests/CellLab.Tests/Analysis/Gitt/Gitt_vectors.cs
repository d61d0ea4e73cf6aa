using CellLab.Analysis.Gitt;

namespace CellLab.Tests.Analysis.Gitt;

/// <summary>The worked examples of the electrochemistry page, section 3.</summary>
public sealed class Gitt_vectors
{
    internal static readonly GittInputs Inputs = new(2, 85.03, 4.25, Math.PI / 4);

    [Theory]
    [InlineData(600, 0.012, 0.085, 1.518398889e-11, 0.02537668)]
    [InlineData(1200, 0.006, 0.150, 6.094684431e-13, 0.002037183)]
    [InlineData(600, 0.005, 0.090, 2.351344302e-12, 0.003929752)]
    public void The_simple_formula_gives_the_cases_of_the_page(double tau, double steady, double transient, double diffusion, double theta)
    {
        double found = GittAnalysis.Simple(tau, Inputs.LengthCm, steady, transient);
        Assert.Equal(1, found / diffusion, 1e-9);
        Assert.Equal(1, found * tau / (Inputs.LengthCm * Inputs.LengthCm) / theta, 1e-6);
        Assert.Equal(1, SlabResponse.ThetaOf(transient / steady)!.Value / theta, 1e-6);
    }

    [Fact]
    public void The_length_of_the_papers_cell_is_that_of_the_page() => Assert.Equal(1, Inputs.LengthCm / 5.991715505e-4, 1e-9);

    [Theory]
    [InlineData(0.001, 35.6824823)]
    [InlineData(0.01, 11.2837917)]
    [InlineData(0.05, 5.04626504)]
    [InlineData(0.1, 3.56826246)]
    [InlineData(0.2, 2.52582594)]
    [InlineData(0.25, 2.26458253)]
    [InlineData(0.3, 2.07613837)]
    [InlineData(0.5, 1.66375191)]
    [InlineData(1, 1.33332285)]
    [InlineData(2, 1.16666667)]
    public void The_exact_response_of_a_slab_is_tabulated(double theta, double ratio)
    {
        Assert.Equal(1, SlabResponse.Ratio(theta) / ratio, 1e-8);
        Assert.Equal(1, SlabResponse.ThetaOf(ratio)!.Value / theta, 1e-5);
    }

    [Fact]
    public void A_ratio_of_one_or_less_has_no_theta() => Assert.Null(SlabResponse.ThetaOf(0.99));

    [Fact]
    public void The_window_of_the_whole_pulse_begins_behind_a_fifth_of_it()
    {
        GittResult Of(double atTheFifth) => GittAnalysis.Evaluate(
            new GittPulse(0, 600, 1e-4, 3.5, 3.6, 0, [.. Enumerable.Range(0, 61).Select(row => (row * 10.0, 3.5 + (row == 12 ? atTheFifth : 0) + (1e-3 * Math.Sqrt(row * 10))))]) { RestSeconds = 3600 }, Inputs);
        Assert.Equal(Of(0).DiffusionWholePulse, Of(1).DiffusionWholePulse);
    }

    [Fact]
    public void A_synthetic_trace_returns_its_diffusion_coefficient_in_both_windows()
    {
        var finder = new PulseFinder(1e-9);
        GittPulse[] pulses = [.. Trace(3).Select(record => finder.Add(record)).OfType<GittPulse>()];
        Assert.Equal(2, pulses.Length); // the third has its rest until Finish
        GittResult result = GittAnalysis.Evaluate(pulses[1], Inputs);
        Assert.Equal(600, result.TauSeconds);
        Assert.Equal(11.897197e-3, result.SteadyVolts, 1e-8);
        Assert.Equal(94.925464e-3, result.TransientVolts, 1e-6);
        Assert.Equal(1, result.Diffusion!.Value / 1.196699e-11, 2e-5);
        Assert.Equal(1, result.DiffusionWholePulse!.Value / 1.196699e-11, 1e-3);
        Assert.Equal(120, result.SeriesOhms!.Value, 0.2);
        Assert.Empty(result.Flags);
        Assert.NotNull(finder.Finish());
    }

    [Fact]
    public void Few_records_widen_the_window_and_are_flagged()
    {
        var finder = new PulseFinder(1e-9);
        GittPulse pulse = Trace(2).Where(record => record.Seconds % 5 == 0).Select(record => finder.Add(record)).OfType<GittPulse>().First();
        GittResult result = GittAnalysis.Evaluate(pulse, Inputs);
        Assert.Contains("sparse", result.Flags);
        Assert.Equal((8, 40.0), (result.FitPoints, result.FitToSeconds));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    public void A_pulse_ends_with_the_first_record_without_current_where_no_step_time_is_told(int seconds)
    {
        var finder = new PulseFinder(1e-9);
        GittPulse[] pulses = [.. Trace(3).Where(record => IsKept(record, seconds)).Select(record => finder.Add(record with { StepStartSeconds = null })).OfType<GittPulse>()];
        Assert.All(pulses, pulse => Assert.Equal(600, pulse.DurationSeconds, 1e-9));
    }

    [Fact]
    public void A_rest_whose_first_record_comes_late_does_not_lengthen_its_pulse()
    {
        var finder = new PulseFinder(1e-9);
        GittPulse pulse = Trace(2).Where(record => record.Amperes != 0 || record.Seconds % 29_400 != 600)
            .Select(record => finder.Add(record with { StepStartSeconds = null })).OfType<GittPulse>().First();
        Assert.Equal(600, pulse.DurationSeconds, 1e-9);
    }

    /// <summary>Each record holds until the next: the one at the pulse's end is without current already.</summary>
    private static bool IsKept(GittRecord record, int seconds)
    {
        double place = record.Seconds < 0 ? 600 : record.Seconds % 29_400;
        return record.Amperes == 0 || (place < 600 && place % seconds == 0);
    }

    [Fact]
    public void Current_without_a_rest_before_it_or_that_turns_round_is_no_pulse()
    {
        var finder = new PulseFinder(1e-9);
        GittRecord[] records = [new(0, 3, 1e-3, null), new(10, 3.1, 1e-3, null), new(20, 3.2, 1e-3, null), new(30, 3, 0, null), new(40, 3.1, 1e-3, null), new(50, 3.1, 1e-3, null),
            new(60, 2.9, -1e-3, null), new(70, 3, 0, null)];
        Assert.DoesNotContain(records, record => finder.Add(record) is not null);
        Assert.Null(finder.Finish());
    }

    /// <summary>E = 3.6 V + 0.9 x_surface + 120 ohm I, 50 uA for 600 s, rest 28800 s, theta 0.02 per pulse; 1 s in the pulses, 600 s in the rests.</summary>
    internal static IEnumerable<GittRecord> Trace(int pulses)
    {
        const double current = 50e-6, tau = 600, rest = 28_800, diffusion = 1.196688490e-11;
        double square = Inputs.LengthCm * Inputs.LengthCm;
        double scale = current * square * 85.03 / (96485.33212 * 2e-3 * diffusion) / square;
        double Surface(double t) => Enumerable.Range(0, pulses).Sum(pulse =>
            scale * square * (SlabResponse.S(Math.Max(0, diffusion * (t - (pulse * (tau + rest))) / square))
                - SlabResponse.S(Math.Max(0, diffusion * (t - (pulse * (tau + rest)) - tau) / square))));
        yield return new GittRecord(-10, 3.6, 0, -10);
        for (int pulse = 0; pulse < pulses; pulse++)
        {
            double start = pulse * (tau + rest);
            for (int second = 0; second <= tau; second++)
            {
                yield return new GittRecord(start + second, 3.6 + (0.9 * Surface(start + second)) + (120 * current), current, start);
            }

            for (double second = 0; second <= rest; second += 600)
            {
                yield return new GittRecord(start + tau + second, 3.6 + (0.9 * Surface(start + tau + second)), 0, start + tau);
            }
        }
    }
}
