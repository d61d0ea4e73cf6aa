using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;
using CellLab.Service.Triggers;
using CellLab.Tests.Engine;

namespace CellLab.Tests.Service.Triggers;

public sealed class DerivedQuantityTests
{
    private static readonly Job s_job = EngineBench.NewJob();
    private static readonly DerivedQuantities s_quantities = new();

    [Fact]
    public void Peaks_of_dqdv_count_once_the_voltage_has_gone_beyond_them()
    {
        IDerivedQuantity peaks = s_quantities.Create(DerivedNames.DqDvPeaks, s_job);
        double charge = 0;
        double passedFirst = 0;
        double? last = null;
        int number = 0;
        for (double volts = 3.0; volts <= 4.8; volts += 0.002)
        {
            charge += 1e-7 + (Peak(volts, 3.5) + Peak(volts, 4.2)) * 2e-6;
            last = peaks.Next(Row(++number, StepKind.ConstantCurrentCharge, 1, volts, 5e-5, charge));
            passedFirst = last >= 1 && passedFirst == 0 ? volts : passedFirst;
        }

        Assert.Equal(2, last);
        Assert.InRange(passedFirst, 3.53, 3.6);
    }

    [Fact]
    public void Fade_is_of_the_newest_complete_cycle_against_the_first_of_its_rate()
    {
        IDerivedQuantity fade = s_quantities.Create(DerivedNames.CapacityFade, s_job);
        var values = new List<double?>();
        int number = 0;
        double[] capacities = [5e-4, 4.5e-4, 4e-4, 4e-4];
        for (int cycle = 0; cycle < capacities.Length; cycle++)
        {
            foreach ((StepKind kind, double amperes) in new[] { (StepKind.ConstantCurrentCharge, 5e-5), (StepKind.ConstantCurrentDischarge, -5e-5) })
            {
                for (int i = 0; i <= 10; i++)
                {
                    int step = (2 * cycle) + (amperes > 0 ? 1 : 2);
                    values.Add(fade.Next(Row(++number, kind, step, 3.5, amperes, capacities[cycle] * i / 10)));
                }
            }
        }

        Assert.Null(values[0]);
        Assert.Equal(20, values[^1]!.Value, 6);
        Assert.Contains(values, value => value is > 9.99 and < 10.01);
    }

    [Fact]
    public void Oxygen_is_told_in_standard_deviations_of_its_background()
    {
        IDerivedQuantity oxygen = s_quantities.Create(DerivedNames.OxygenSigma, s_job);
        double? value = null;
        long sequence = 0;
        for (int i = 0; i < 60; i++)
        {
            string phase = i < 30 ? "background" : "run cell";
            double oxygenAmperes = 1e-12 * (10 + (i % 2 == 0 ? 1 : -1) + (i < 30 ? 0 : 5));
            value = Give(oxygen, ++sequence, i, phase, 36, 1e-9);
            value = Give(oxygen, ++sequence, i, phase, 32, oxygenAmperes);
            Assert.Equal(i >= 44, value is not null);
        }

        Assert.InRange(value!.Value, 4.7, 5.1);
    }

    [Fact]
    public void The_onset_of_oxygen_needs_three_sigma_for_ten_minutes_and_thirty_samples_over_a_background_that_decays()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        IDerivedQuantity onset = s_quantities.Create(DerivedNames.OxygenOnset, s_job);
        int? certain = null;
        double? before = null;
        for (int i = 0; i < 700; i++)
        {
            string phase = i < 180 ? "background cell" : "run cell"; // an hour, then from pass 400 a slow rise
            double spike = i is >= 250 and < 260 ? 40e-12 : 0; // 200 s: no onset
            double amperes = 1e-10 * Math.Exp(-20.0 * i / 7200) + spike + (Math.Max(0, i - 400) * 1e-12) + (1e-12 * (random.NextDouble() - 0.5));
            Give(onset, 2 * i, i, phase, 36, 1e-9);
            double? value = Give(onset, (2 * i) + 1, i, phase, 32, amperes);
            before = i == 300 ? value : before;
            certain ??= value == 1 ? i : null;
        }

        Assert.Equal(0, before);
        Assert.True(certain is >= 430 and <= 450, $"certain at pass {certain}, seed {seed}");
    }

    private static double Peak(double volts, double at) => Math.Exp(-(volts - at) * (volts - at) / (2 * 0.03 * 0.03));

    private static double? Give(IDerivedQuantity quantity, long sequence, int pass, string phase, double mass, double amperes)
    {
        DateTimeOffset at = DateTimeOffset.UnixEpoch.AddSeconds(20 * pass);
        return quantity.Next(new CompanionRow(s_job.Id, Streams.MassSpectrometer, sequence, at, at, 20 * pass, new IonBody(phase, pass, mass, amperes, "faraday")));
    }

    private static RecordRow Row(int number, StepKind kind, int stepCount, double volts, double amperes, double ampereHours)
    {
        DateTimeOffset at = DateTimeOffset.UnixEpoch.AddSeconds(10 * number);
        double step = ampereHours / Math.Abs(amperes) * 3600;
        return new RecordRow(s_job.Id, Streams.Cycler, number, 1, 10 * number, 1, "main", 1, new InstrumentRecord(
            number, stepCount, 1 + ((stepCount - 1) % 2), kind, step, 10 * number, false, at, at, volts, amperes, ampereHours, ampereHours * volts, null));
    }
}
