using System.Text.Json.Serialization;

namespace CellLab.Analysis.DqDv;

/// <summary>dQ/dV of one half of one cycle. Charges in mAh of the cell, positive in both directions.</summary>
public sealed record HalfCurve
{
    [JsonPropertyName("direction")] public required string Direction { get; init; }
    [JsonPropertyName("charge_mah")] public required double ChargeMah { get; init; }
    [JsonPropertyName("peaks")] public required IReadOnlyList<TrackedPeak> Peaks { get; init; }
    /// <summary>Highest number given so far: a peak that is gone never lends its number to another.</summary>
    [JsonPropertyName("last_track")] public required int LastTrack { get; init; }
    [JsonPropertyName("shares_default")] public required SharesView SharesDefault { get; init; }
    /// <summary>Cut at the minima that follow the peaks; null where one of the two minima is missing.</summary>
    [JsonPropertyName("shares_followed")] public SharesView? SharesFollowed { get; init; }
    /// <summary>Where each limit was seen last, to look for it in the next cycle; null for one of the defaults.</summary>
    [JsonPropertyName("followed_lower_v")] public double? FollowedLowerV { get; init; }
    [JsonPropertyName("followed_upper_v")] public double? FollowedUpperV { get; init; }
    [JsonPropertyName("curve")] public required CurveView Curve { get; init; }
}

/// <param name="Track">The same number for the same peak from cycle to cycle, from 1.</param>
public sealed record TrackedPeak(
    [property: JsonPropertyName("track")] int Track,
    [property: JsonPropertyName("voltage_v")] double VoltageV,
    [property: JsonPropertyName("height_mah_per_v")] double HeightMahPerV,
    [property: JsonPropertyName("area_mah")] double AreaMah);

public sealed record SharesView(
    [property: JsonPropertyName("lower_v")] double LowerV,
    [property: JsonPropertyName("upper_v")] double UpperV,
    [property: JsonPropertyName("o_mn_mah")] double OMnMah,
    [property: JsonPropertyName("ni_mah")] double NiMah,
    [property: JsonPropertyName("o_mah")] double OMah);

/// <summary>Smoothed curve at evenly spaced voltages.</summary>
public sealed record CurveView(
    [property: JsonPropertyName("first_v")] double FirstV,
    [property: JsonPropertyName("step_v")] double StepV,
    [property: JsonPropertyName("mah_per_v")] IReadOnlyList<double> MahPerV);
