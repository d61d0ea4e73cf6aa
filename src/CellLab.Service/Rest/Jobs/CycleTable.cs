using CellLab.Analysis.Cycling;
using CellLab.Storage.Export;

namespace CellLab.Service.Rest.Jobs;

/// <summary>Cycles as a table: the columns of <see cref="CyclesCsvExport.Columns"/>, then figures and raw sums that people look for.</summary>
internal static class CycleTable
{
    private static readonly (string Name, Func<CycleView, object?> Cell)[] Columns =
    [
        ("cycle", cycle => cycle.Cycle),
        ("block", cycle => cycle.Block),
        ("pass", cycle => cycle.Pass),
        ("rate_c", cycle => cycle.RateC),
        ("charge_mah_g", cycle => cycle.ChargeMahG),
        ("discharge_mah_g", cycle => cycle.DischargeMahG),
        ("coulombic_efficiency_percent", cycle => cycle.CoulombicEfficiencyPercent),
        ("energy_efficiency_percent", cycle => cycle.EnergyEfficiencyPercent),
        ("mean_charge_voltage_v", cycle => cycle.MeanChargeVoltageV),
        ("mean_discharge_voltage_v", cycle => cycle.MeanDischargeVoltageV),
        ("complete", cycle => cycle.Complete),
        ("hysteresis_v", cycle => cycle.HysteresisV),
        ("instrument_cycle", cycle => cycle.InstrumentCycle),
        ("c_rate_base_mah_g", cycle => cycle.CRateBaseMahG),
        ("active_mass_mg", cycle => cycle.ActiveMassMg),
        ("charge_ah", cycle => cycle.ChargeAh),
        ("discharge_ah", cycle => cycle.DischargeAh),
        ("charge_wh", cycle => cycle.ChargeWh),
        ("discharge_wh", cycle => cycle.DischargeWh),
        ("estimated_fraction", cycle => cycle.EstimatedFraction),
        ("gaps", cycle => cycle.Gaps),
        ("resumed", cycle => cycle.Resumed),
        ("first_record", cycle => cycle.FirstRecord),
        ("last_record", cycle => cycle.LastRecord),
    ];

    public static CsvTable Of(IReadOnlyList<CycleView> cycles) => new(
        [.. Columns.Select(column => column.Name)],
        [.. cycles.Select(IReadOnlyList<object?> (cycle) => [.. Columns.Select(column => column.Cell(cycle))])]);
}
