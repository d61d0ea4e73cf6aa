using CellLab.Core.Samples;

namespace CellLab.Analysis.Cycling;

/// <summary>Raw cycle results with a mass and a base in force. Ratios of the two halves are given of complete cycles only: as long as the
/// second half runs they would grow from record to record.</summary>
public static class CycleViews
{
    public static CycleView ToView(this CycleResult result, CellFigures figures)
    {
        HalfSums sums = result.Sums;
        double? meanCharge = Ratio(sums.ChargeWh, sums.ChargeAh);
        double? meanDischarge = Ratio(sums.DischargeWh, sums.DischargeAh);
        double? chargeRate = Rate(result.Constant.ChargeAmperes, figures);
        double? dischargeRate = Rate(result.Constant.DischargeAmperes, figures);
        bool chargeLeads = figures.Leading == LeadingDirection.Charge;
        return new CycleView
        {
            Cycle = result.Cycle,
            Block = result.Block,
            Pass = result.Pass,
            RateC = chargeLeads ? chargeRate : dischargeRate,
            ChargeMahG = figures.PerGram(sums.ChargeAh),
            DischargeMahG = figures.PerGram(sums.DischargeAh),
            CoulombicEfficiencyPercent = OfComplete(
                result, chargeLeads ? Percent(sums.DischargeAh, sums.ChargeAh) : Percent(sums.ChargeAh, sums.DischargeAh)),
            EnergyEfficiencyPercent = OfComplete(result, Percent(sums.DischargeWh, sums.ChargeWh)),
            MeanChargeVoltageV = meanCharge,
            MeanDischargeVoltageV = meanDischarge,
            Complete = result.Complete,
            HysteresisV = OfComplete(result, meanCharge - meanDischarge),
            InstrumentCycle = result.InstrumentCycle,
            ChargeRateC = chargeRate,
            DischargeRateC = dischargeRate,
            CRateBaseMahG = figures.Base.MilliampereHoursPerGram,
            ActiveMassMg = figures.Base.ActiveMassMilligrams,
            ChargeAh = sums.ChargeAh,
            DischargeAh = sums.DischargeAh,
            ChargeWh = sums.ChargeWh,
            DischargeWh = sums.DischargeWh,
            Integrated = ToView(result.Integrated),
            EstimatedFraction = Ratio(result.EstimatedAh, sums.ThroughputAh),
            Gaps = result.Gaps,
            CounterFalls = result.CounterFalls,
            Resumed = result.Segments > 1,
            FirstRecord = result.FirstRecord,
            LastRecord = result.LastRecord,
            StartedUtcSeconds = result.StartedUtcSeconds,
            EndedUtcSeconds = result.EndedUtcSeconds,
            Method = CyclingState.MethodVersion,
        };
    }

    private static IntegratedView ToView(HalfSums sums) => new(sums.ChargeAh, sums.DischargeAh, sums.ChargeWh, sums.DischargeWh);

    private static double? OfComplete(CycleResult result, double? value) => result.Complete ? value : null;

    private static double? Rate(double? amperes, CellFigures figures) => amperes is { } value ? figures.RateOf(value) : null;

    private static double? Percent(double numerator, double denominator) => 100 * Ratio(numerator, denominator);

    private static double? Ratio(double numerator, double denominator) => denominator > 0 ? numerator / denominator : null;
}
