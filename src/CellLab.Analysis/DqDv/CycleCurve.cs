using System.Text.Json;
using System.Text.Json.Serialization;

namespace CellLab.Analysis.DqDv;

/// <summary>dQ/dV of one cycle with everything that went into it.</summary>
public sealed record CycleCurve
{
    [JsonPropertyName("cycle")] public required int Cycle { get; init; }
    [JsonPropertyName("block")] public required string Block { get; init; }
    [JsonPropertyName("complete")] public required bool Complete { get; init; }
    [JsonPropertyName("charge")] public HalfCurve? Charge { get; init; }
    [JsonPropertyName("discharge")] public HalfCurve? Discharge { get; init; }
    [JsonPropertyName("bin_v")] public required double BinV { get; init; }
    [JsonPropertyName("sigma_v")] public required double SigmaV { get; init; }
    [JsonPropertyName("method")] public required string Method { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, CycleCurveContext.Default.CycleCurve);

    /// <exception cref="JsonException">The text is no such result.</exception>
    public static CycleCurve FromJson(string text) =>
        JsonSerializer.Deserialize(text, CycleCurveContext.Default.CycleCurve) ?? throw new JsonException("a dQ/dV result is missing");
}

[JsonSerializable(typeof(CycleCurve))]
internal sealed partial class CycleCurveContext : JsonSerializerContext;
