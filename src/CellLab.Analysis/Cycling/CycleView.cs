using System.Text.Json.Serialization;

namespace CellLab.Analysis.Cycling;

/// <summary>One cycle as people and programs see it (REST <c>cycles</c>, MQTT <c>cycle</c>, <c>demo --json</c>). What cannot be told is null.
/// Definitions: docs/reference/cycling-analysis.md.</summary>
public sealed record CycleView
{
    [JsonPropertyName("cycle")] public required int Cycle { get; init; }
    [JsonPropertyName("block")] public required string Block { get; init; }
    [JsonPropertyName("pass")] public required int Pass { get; init; }
    /// <summary>Applied, of the leading direction: charge-weighted mean |I| of its constant-current part over the base.</summary>
    [JsonPropertyName("rate_c")] public double? RateC { get; init; }
    [JsonPropertyName("charge_mah_g")] public double? ChargeMahG { get; init; }
    [JsonPropertyName("discharge_mah_g")] public double? DischargeMahG { get; init; }
    [JsonPropertyName("coulombic_efficiency_percent")] public double? CoulombicEfficiencyPercent { get; init; }
    [JsonPropertyName("energy_efficiency_percent")] public double? EnergyEfficiencyPercent { get; init; }
    [JsonPropertyName("mean_charge_voltage_v")] public double? MeanChargeVoltageV { get; init; }
    [JsonPropertyName("mean_discharge_voltage_v")] public double? MeanDischargeVoltageV { get; init; }
    [JsonPropertyName("complete")] public required bool Complete { get; init; }

    [JsonPropertyName("hysteresis_v")] public double? HysteresisV { get; init; }
    [JsonPropertyName("instrument_cycle")] public int? InstrumentCycle { get; init; }
    [JsonPropertyName("charge_rate_c")] public double? ChargeRateC { get; init; }
    [JsonPropertyName("discharge_rate_c")] public double? DischargeRateC { get; init; }
    [JsonPropertyName("c_rate_base_mah_g")] public required double CRateBaseMahG { get; init; }
    [JsonPropertyName("active_mass_mg")] public required double ActiveMassMg { get; init; }
    [JsonPropertyName("charge_ah")] public required double ChargeAh { get; init; }
    [JsonPropertyName("discharge_ah")] public required double DischargeAh { get; init; }
    [JsonPropertyName("charge_wh")] public required double ChargeWh { get; init; }
    [JsonPropertyName("discharge_wh")] public required double DischargeWh { get; init; }
    [JsonPropertyName("integrated")] public required IntegratedView Integrated { get; init; }
    /// <summary>Share (0..1) of the charge moved that no record shows.</summary>
    [JsonPropertyName("estimated_fraction")] public double? EstimatedFraction { get; init; }
    [JsonPropertyName("gaps")] public required int Gaps { get; init; }
    [JsonPropertyName("counter_falls")] public required int CounterFalls { get; init; }
    [JsonPropertyName("resumed")] public required bool Resumed { get; init; }
    [JsonPropertyName("first_record")] public required long FirstRecord { get; init; }
    [JsonPropertyName("last_record")] public required long LastRecord { get; init; }
    [JsonPropertyName("started_t_utc")] public required double StartedUtcSeconds { get; init; }
    [JsonPropertyName("ended_t_utc")] public required double EndedUtcSeconds { get; init; }
    [JsonPropertyName("method")] public required string Method { get; init; }
}

/// <summary>The same sums by the integral of the current alone.</summary>
public sealed record IntegratedView(
    [property: JsonPropertyName("charge_ah")] double ChargeAh,
    [property: JsonPropertyName("discharge_ah")] double DischargeAh,
    [property: JsonPropertyName("charge_wh")] double ChargeWh,
    [property: JsonPropertyName("discharge_wh")] double DischargeWh);
