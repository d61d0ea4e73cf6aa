using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Core.Samples;
using CellLab.Core.Units;
using CellLab.Tests.Analysis.Cycling;

namespace CellLab.Tests.Analysis.DqDv;

public sealed class Cycle_curves
{
    /// <summary>Data formats, section 8: second cycle at 0.1C; shares O/Mn, Ni, O of the discharge by the default limits in mAh/g, minima on charge and discharge in V.</summary>
    [Theory]
    [InlineData("lmno", 91.7, 93.3, 58.2, 3.62, 4.23, 3.48, 4.10)]
    [InlineData("lmnpo-vo", 86.2, 104.2, 57.0, 3.67, 4.31, 3.45, 4.13)]
    public void Shares_and_minima_of_the_second_cycle_are_those_of_the_model(
        string material, double oxygenManganese, double nickel, double oxygen, double chargeLower, double chargeUpper, double dischargeLower, double dischargeUpper)
    {
        var cell = new RecordedCell(material, stepSeconds: 10);
        for (int half = 0; half < 4; half++)
        {
            cell.Half(half % 2 == 0 ? 0.1 : -0.1, half % 2 == 0 ? 4.8 : 2.0);
        }

        List<CycleCurve> curves = Run(cell.Records, Settings(cell));

        Assert.Equal([1, 2], curves.Select(curve => curve.Cycle));
        HalfCurve discharge = curves[1].Discharge!;
        double perGram = 1000 / cell.ActiveMassMilligrams;
        Assert.Equal(oxygenManganese, discharge.SharesDefault.OMnMah * perGram, 0.5);
        Assert.Equal(nickel, discharge.SharesDefault.NiMah * perGram, 0.5);
        Assert.Equal(oxygen, discharge.SharesDefault.OMah * perGram, 0.5);
        Assert.Equal(chargeLower, curves[1].Charge!.SharesFollowed!.LowerV, 0.02);
        Assert.Equal(chargeUpper, curves[1].Charge!.SharesFollowed!.UpperV, 0.02);
        Assert.Equal(dischargeLower, discharge.SharesFollowed!.LowerV, 0.02);
        Assert.Equal(dischargeUpper, discharge.SharesFollowed!.UpperV, 0.02);
    }

    [Fact]
    public void The_shares_sum_to_the_charge_whatever_the_limits()
    {
        var cell = new RecordedCell("lmno");
        cell.Half(1, 4.8);
        cell.Half(-1, 2.0);
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var histogram = new ChargeHistogram(DqDvCurve.DefaultBinVolts);
        for (int record = 1; record < cell.Records.Count; record++)
        {
            histogram.Add(cell.Records[record - 1].Volts, cell.Records[record].Volts, 1e-6);
        }

        for (int draw = 0; draw < 100; draw++)
        {
            double lower = 2 + (2 * random.NextDouble());
            RedoxShares shares = RedoxShares.Of(histogram, new RedoxLimits(lower, lower + random.NextDouble()));
            Assert.True(shares.OxygenManganeseAh >= 0 && shares.NickelAh >= 0 && shares.OxygenAh >= -1e-15, $"seed {seed}");
            Assert.Equal(1, (shares.OxygenManganeseAh + shares.NickelAh + shares.OxygenAh) / histogram.TotalAh, 1e-12);
        }
    }

    [Fact]
    public void A_peak_keeps_its_number_while_it_moves_and_a_new_one_gets_a_new_number()
    {
        HalfCurve first = Peaks(null, 3.3, 3.9);
        HalfCurve moved = Peaks(first, 3.28, 3.93);
        HalfCurve other = Peaks(moved, 3.27, 4.4);
        HalfCurve back = Peaks(other, 3.26, 3.93);

        Assert.Equal([1, 2], first.Peaks.Select(peak => peak.Track));
        Assert.Equal([1, 2], moved.Peaks.Select(peak => peak.Track));
        Assert.Equal([1, 3], other.Peaks.Select(peak => peak.Track));
        Assert.Equal([1, 4], back.Peaks.Select(peak => peak.Track));
    }

    [Fact]
    public void A_result_comes_back_from_its_text()
    {
        var cell = new RecordedCell("lmno");
        cell.Half(5, 4.8);
        cell.Half(-5, 2.0);
        string text = Assert.Single(Run(cell.Records, Settings(cell))).ToJson();

        Assert.Equal(text, CycleCurve.FromJson(text).ToJson());
    }

    private static HalfCurve Peaks(HalfCurve? before, params double[] volts)
    {
        var histogram = new ChargeHistogram(DqDvCurve.DefaultBinVolts);
        foreach (double peak in volts)
        {
            histogram.Add(peak, peak, 1e-4);
        }

        return HalfCurves.Of(histogram, "charge", RedoxLimits.Charge, before)!;
    }

    private static CyclingSettings Settings(RecordedCell cell) =>
        new(new CRateBase(250, cell.ActiveMassMilligrams).OneCAmperes, LeadingDirection.Charge, RecordedCell.RuleSeconds);

    private static List<CycleCurve> Run(IEnumerable<CyclingRecord> records, CyclingSettings settings)
    {
        var sink = new CurveSink(settings);
        var analysis = new CyclingAnalysis(settings, sink);
        foreach (CyclingRecord record in records)
        {
            if (analysis.Add(record) is { } moved)
            {
                sink.Curves.Add(moved);
            }
        }

        analysis.Finish(DataEnd.AsProgrammed);
        return sink.Closed;
    }

    private sealed class CurveSink(CyclingSettings settings) : ICyclingSink
    {
        public CycleCurves Curves { get; } = new(settings);

        public List<CycleCurve> Closed { get; } = [];

        public void StepEnded(StepResult step) => Curves.StepEnded();

        public void CycleClosed(CycleResult cycle) => Closed.Add(Curves.Close(cycle));

        public void Found(Finding finding) => Assert.Fail(finding.Message);
    }
}
