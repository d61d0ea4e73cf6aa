using System.Text.Json.Serialization;

namespace CellLab.Analysis.Cycling;

/// <summary>How the cycles of one block at one rate change. Check-ups in between are blocks of their own and are not in it. What cannot be told is null.</summary>
public sealed record FadeSummary
{
    [JsonPropertyName("block")] public required string Block { get; init; }
    [JsonPropertyName("rate_c")] public double? RateC { get; init; }
    /// <summary>Complete cycles.</summary>
    [JsonPropertyName("cycles")] public required int Cycles { get; init; }
    [JsonPropertyName("first_cycle")] public required int FirstCycle { get; init; }
    [JsonPropertyName("last_cycle")] public required int LastCycle { get; init; }
    [JsonPropertyName("first_discharge_mah_g")] public double? FirstDischargeMahG { get; init; }
    [JsonPropertyName("last_discharge_mah_g")] public double? LastDischargeMahG { get; init; }
    [JsonPropertyName("retention_first_percent")] public double? RetentionFirstPercent { get; init; }
    [JsonPropertyName("retention_best_percent")] public double? RetentionBestPercent { get; init; }
    /// <summary>Cycle of the largest discharge.</summary>
    [JsonPropertyName("best_cycle")] public required int BestCycle { get; init; }
    [JsonPropertyName("energy_retention_percent")] public double? EnergyRetentionPercent { get; init; }
    [JsonPropertyName("first_mean_discharge_voltage_v")] public double? FirstMeanDischargeVoltageV { get; init; }
    [JsonPropertyName("voltage_decay_two_point_percent_per_cycle")] public double? VoltageDecayTwoPointPercentPerCycle { get; init; }
    [JsonPropertyName("voltage_decay_least_squares_percent_per_cycle")] public double? VoltageDecayLeastSquaresPercentPerCycle { get; init; }
    /// <summary>Standard error of the least-squares form.</summary>
    [JsonPropertyName("voltage_decay_least_squares_sigma")] public double? VoltageDecayLeastSquaresSigma { get; init; }
    /// <summary>Two-point form.</summary>
    [JsonPropertyName("voltage_decay_mv_per_cycle")] public double? VoltageDecayMvPerCycle { get; init; }
    [JsonPropertyName("first_hysteresis_v")] public double? FirstHysteresisV { get; init; }
    [JsonPropertyName("last_hysteresis_v")] public double? LastHysteresisV { get; init; }
    [JsonPropertyName("mean_coulombic_efficiency_percent")] public double? MeanCoulombicEfficiencyPercent { get; init; }
    [JsonPropertyName("forecast")] public FadeForecast? Forecast { get; init; }
}
