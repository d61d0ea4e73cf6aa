using System.Text.Json.Serialization;

namespace CellLab.Analysis.Cycling;

/// <summary>What a run of complete cycles of one block at one rate says. What cannot be told (fewer cycles than it takes) is null.</summary>
public sealed record BlockSummary
{
    [JsonPropertyName("block")] public required string Block { get; init; }
    /// <summary>Applied, mean over the cycles.</summary>
    [JsonPropertyName("rate_c")] public double? RateC { get; init; }
    [JsonPropertyName("cycles")] public required int Cycles { get; init; }
    [JsonPropertyName("first_cycle")] public required int FirstCycle { get; init; }
    [JsonPropertyName("last_cycle")] public required int LastCycle { get; init; }
    [JsonPropertyName("third_charge_mah_g")] public double? ThirdChargeMahG { get; init; }
    [JsonPropertyName("third_discharge_mah_g")] public double? ThirdDischargeMahG { get; init; }
    [JsonPropertyName("third_coulombic_efficiency_percent")] public double? ThirdCoulombicEfficiencyPercent { get; init; }
    [JsonPropertyName("first_discharge_mah_g")] public double? FirstDischargeMahG { get; init; }
    [JsonPropertyName("last_discharge_mah_g")] public double? LastDischargeMahG { get; init; }
    /// <summary>Last discharge over the first.</summary>
    [JsonPropertyName("retention_first_percent")] public double? RetentionFirstPercent { get; init; }
    /// <summary>Last discharge over the largest.</summary>
    [JsonPropertyName("retention_best_percent")] public double? RetentionBestPercent { get; init; }
    [JsonPropertyName("first_mean_discharge_voltage_v")] public double? FirstMeanDischargeVoltageV { get; init; }
    /// <summary>(V1 - VN) / V1 / N.</summary>
    [JsonPropertyName("voltage_decay_two_point_percent_per_cycle")] public double? VoltageDecayTwoPointPercentPerCycle { get; init; }
    /// <summary>Falling slope of the line through cycles 1 to N over V1.</summary>
    [JsonPropertyName("voltage_decay_least_squares_percent_per_cycle")] public double? VoltageDecayLeastSquaresPercentPerCycle { get; init; }
    [JsonPropertyName("energy_retention_percent")] public double? EnergyRetentionPercent { get; init; }
}
