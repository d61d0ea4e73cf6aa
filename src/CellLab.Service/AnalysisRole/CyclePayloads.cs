using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Messaging.Payloads;

namespace CellLab.Service.AnalysisRole;

/// <summary>A cycle as it goes over MQTT.</summary>
internal static class CyclePayloads
{
    public static CyclePayload Of(JobId job, CycleView view) => new(
        job.Value,
        view.Cycle,
        view.Block,
        view.Pass,
        view.RateC,
        view.ChargeMahG,
        view.DischargeMahG,
        view.CoulombicEfficiencyPercent,
        view.EnergyEfficiencyPercent,
        view.MeanChargeVoltageV,
        view.MeanDischargeVoltageV,
        view.Complete)
    {
        HysteresisV = view.HysteresisV,
        CRateBaseMahG = view.CRateBaseMahG,
        ActiveMassMg = view.ActiveMassMg,
        EstimatedFraction = view.EstimatedFraction,
        Gaps = view.Gaps,
        Resumed = view.Resumed,
        FirstRecord = view.FirstRecord,
        LastRecord = view.LastRecord,
        Method = view.Method,
    };
}
