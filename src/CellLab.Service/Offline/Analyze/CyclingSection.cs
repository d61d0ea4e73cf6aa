using System.Text.Json.Serialization;

namespace CellLab.Service.Offline.Analyze;

/// <summary>What the cycling analysis says of a file: charge in Ah, energy in Wh, times in s of the test.</summary>
public sealed record CyclingSection(
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("nominal_ah")] double NominalAh,
    [property: JsonPropertyName("nominal_from")] string NominalFrom,
    [property: JsonPropertyName("leading")] string Leading,
    [property: JsonPropertyName("steps")] IReadOnlyList<StepEntry> Steps,
    [property: JsonPropertyName("cycles")] IReadOnlyList<CycleEntry> Cycles,
    [property: JsonPropertyName("instrument_cycles")] IReadOnlyList<CycleEntry> InstrumentCycles,
    [property: JsonPropertyName("dqdv")] IReadOnlyList<DqDvEntry> DqDv);

public sealed record StepEntry(
    [property: JsonPropertyName("step_count")] int StepCount,
    [property: JsonPropertyName("cycle")] int Cycle,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("rows")] long Rows,
    [property: JsonPropertyName("start_s")] double StartS,
    [property: JsonPropertyName("end_s")] double EndS,
    [property: JsonPropertyName("start_v")] double StartV,
    [property: JsonPropertyName("end_v")] double EndV,
    [property: JsonPropertyName("charge_ah")] double ChargeAh,
    [property: JsonPropertyName("discharge_ah")] double DischargeAh,
    [property: JsonPropertyName("charge_wh")] double ChargeWh,
    [property: JsonPropertyName("discharge_wh")] double DischargeWh,
    [property: JsonPropertyName("integrated_ah")] double IntegratedAh,
    [property: JsonPropertyName("estimated_ah")] double EstimatedAh,
    [property: JsonPropertyName("first_row")] long FirstRow,
    [property: JsonPropertyName("counted")] bool Counted);

public sealed record CycleEntry(
    [property: JsonPropertyName("cycle")] int Cycle,
    [property: JsonPropertyName("complete")] bool Complete,
    [property: JsonPropertyName("charge_ah")] double ChargeAh,
    [property: JsonPropertyName("discharge_ah")] double DischargeAh,
    [property: JsonPropertyName("charge_wh")] double ChargeWh,
    [property: JsonPropertyName("discharge_wh")] double DischargeWh,
    [property: JsonPropertyName("coulombic_efficiency_percent")] double? CoulombicEfficiencyPercent,
    [property: JsonPropertyName("energy_efficiency_percent")] double? EnergyEfficiencyPercent,
    [property: JsonPropertyName("mean_charge_voltage_v")] double? MeanChargeVoltageV,
    [property: JsonPropertyName("mean_discharge_voltage_v")] double? MeanDischargeVoltageV,
    [property: JsonPropertyName("hysteresis_v")] double? HysteresisV,
    [property: JsonPropertyName("integrated")] IntegratedEntry Integrated);

public sealed record IntegratedEntry(
    [property: JsonPropertyName("charge_ah")] double ChargeAh,
    [property: JsonPropertyName("discharge_ah")] double DischargeAh,
    [property: JsonPropertyName("charge_wh")] double ChargeWh,
    [property: JsonPropertyName("discharge_wh")] double DischargeWh);

public sealed record DqDvEntry(
    [property: JsonPropertyName("cycle")] int Cycle,
    [property: JsonPropertyName("direction")] string Direction,
    [property: JsonPropertyName("peaks")] IReadOnlyList<DqDvPeakEntry> Peaks,
    [property: JsonPropertyName("area_mah")] double AreaMah,
    [property: JsonPropertyName("bin_v")] double BinV,
    [property: JsonPropertyName("sigma_v")] double SigmaV,
    [property: JsonPropertyName("method")] string Method);

public sealed record DqDvPeakEntry(
    [property: JsonPropertyName("voltage_v")] double VoltageV,
    [property: JsonPropertyName("height_mah_per_v")] double HeightMahPerV,
    [property: JsonPropertyName("area_mah")] double AreaMah);
