using System.Text.Json;
using System.Text.Json.Serialization;

namespace CellLab.Analysis.Cycling;

/// <summary>Fade of a job: one entry for each block and rate of at least two complete cycles, and what the first cycle did not give back.</summary>
/// <param name="FirstCycleIrreversibleMah">Charge minus discharge of cycle 1, mAh of the cell (discharge minus charge where discharge leads); null before it is complete.</param>
public sealed record FadeTable(
    [property: JsonPropertyName("blocks")] IReadOnlyList<FadeSummary> Blocks,
    [property: JsonPropertyName("first_cycle_irreversible_mah")] double? FirstCycleIrreversibleMah,
    [property: JsonPropertyName("first_cycle_irreversible_percent")] double? FirstCycleIrreversiblePercent,
    [property: JsonPropertyName("active_mass_mg")] double? ActiveMassMg,
    [property: JsonPropertyName("c_rate_base_mah_g")] double? CRateBaseMahG,
    [property: JsonPropertyName("method")] string Method)
{
    /// <summary>Changes with the arithmetic.</summary>
    public const string MethodVersion = "life-1";

    private const double SameRate = 0.1;
    private const double Milli = 1e3;

    public static FadeTable Of(IEnumerable<CycleView> cycles)
    {
        CycleView[] complete = [.. cycles.Where(cycle => cycle.Complete)];
        var groups = new List<List<CycleView>>();
        foreach (CycleView cycle in complete)
        {
            List<CycleView>? group = groups.Find(known => known[0].Block == cycle.Block && IsSameRate(known[0].RateC, cycle.RateC));
            if (group is null)
            {
                groups.Add(group = []);
            }

            group.Add(cycle);
        }

        CycleView? first = complete.FirstOrDefault(cycle => cycle.Cycle == 1);
        double? kept = first is null ? null : Math.Abs(first.ChargeAh - first.DischargeAh);
        return new FadeTable(
            [.. groups.Where(group => group.Count > 1).Select(Summarise)], kept * Milli, 100 * kept / (first is null ? 1 : Math.Max(first.ChargeAh, first.DischargeAh)),
            complete.LastOrDefault()?.ActiveMassMg, complete.LastOrDefault()?.CRateBaseMahG, MethodVersion);
    }

    public string ToJson() => JsonSerializer.Serialize(this, FadeTableContext.Default.FadeTable);

    private static bool IsSameRate(double? one, double? other) => (one, other) switch
    {
        (null, null) => true,
        ({ } known, { } rate) => Math.Abs(rate - known) <= SameRate * known,
        _ => false,
    };

    private static FadeSummary Summarise(List<CycleView> group)
    {
        (CycleView first, CycleView last, CycleView best) = (group[0], group[^1], group.MaxBy(cycle => cycle.DischargeAh)!);
        return new FadeSummary
        {
            Block = first.Block,
            RateC = group.Average(cycle => cycle.RateC),
            Cycles = group.Count,
            FirstCycle = first.Cycle,
            LastCycle = last.Cycle,
            FirstDischargeMahG = first.DischargeMahG,
            LastDischargeMahG = last.DischargeMahG,
            RetentionFirstPercent = Percent(last.DischargeAh, first.DischargeAh),
            RetentionBestPercent = Percent(last.DischargeAh, best.DischargeAh),
            BestCycle = best.Cycle,
            EnergyRetentionPercent = Percent(last.DischargeWh, first.DischargeWh),
            FirstMeanDischargeVoltageV = first.MeanDischargeVoltageV,
            VoltageDecayTwoPointPercentPerCycle = VoltageDecay.TwoPoint(group),
            VoltageDecayLeastSquaresPercentPerCycle = VoltageDecay.LeastSquares(group),
            VoltageDecayLeastSquaresSigma = VoltageDecay.LeastSquaresError(group),
            VoltageDecayMvPerCycle = (first.MeanDischargeVoltageV - last.MeanDischargeVoltageV) * Milli / group.Count,
            FirstHysteresisV = first.HysteresisV,
            LastHysteresisV = last.HysteresisV,
            MeanCoulombicEfficiencyPercent = group.Average(cycle => cycle.CoulombicEfficiencyPercent),
            Forecast = FadeForecast.Of([.. group.Select(cycle => cycle.DischargeAh)]),
        };
    }

    private static double? Percent(double numerator, double denominator) => denominator > 0 ? 100 * numerator / denominator : null;
}

[JsonSerializable(typeof(FadeTable))]
internal sealed partial class FadeTableContext : JsonSerializerContext;
