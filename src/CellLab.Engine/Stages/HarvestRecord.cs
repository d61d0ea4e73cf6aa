using System.Text.Json;
using System.Text.Json.Serialization;

namespace CellLab.Engine.Stages;

/// <summary>Data of the event <c>harvest</c>: the state in which a cell was taken out, to which data measured elsewhere is tied.</summary>
/// <param name="VoltageVolts">Of the last record, under its current <paramref name="CurrentAmperes"/>; null before any record.</param>
/// <param name="OpenCircuitVolts">Last seen before the cell was taken out; null where the instrument tells none.</param>
/// <param name="StepCapacity">Charge of the last step with current in mAh/g, negative on discharge; null where the last record carries no current.</param>
/// <param name="TotalCapacity">Charge less discharge since the job began, mAh/g.</param>
/// <param name="Lithium">x by the sample's formula, all charge taken as lithium.</param>
/// <param name="LastRecord">Sequence number of the last record; 0 before any.</param>
internal sealed record HarvestRecord(
    [property: JsonPropertyName("sample")] string Sample,
    [property: JsonPropertyName("job")] string Job,
    [property: JsonPropertyName("step")] int Step,
    [property: JsonPropertyName("voltage_v")] double? VoltageVolts,
    [property: JsonPropertyName("current_a")] double? CurrentAmperes,
    [property: JsonPropertyName("open_circuit_v")] double? OpenCircuitVolts,
    [property: JsonPropertyName("step_capacity_mah_g")] double? StepCapacity,
    [property: JsonPropertyName("q_total_mah_g")] double TotalCapacity,
    [property: JsonPropertyName("x_li")] double? Lithium,
    [property: JsonPropertyName("formula")] string? Formula,
    [property: JsonPropertyName("wanted_voltage_v")] string? WantedVolts,
    [property: JsonPropertyName("cycle")] int? Cycle,
    [property: JsonPropertyName("block")] string? Block,
    [property: JsonPropertyName("pass")] int? Pass,
    [property: JsonPropertyName("last_record")] long LastRecord,
    [property: JsonPropertyName("reached_utc")] DateTimeOffset? ReachedAtUtc,
    [property: JsonPropertyName("open_circuit_utc")] DateTimeOffset OpenCircuitAtUtc,
    [property: JsonPropertyName("taken_out_utc")] DateTimeOffset TakenOutAtUtc,
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("text")] string? Text)
{
    public const string EventKind = "harvest";

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <returns>Null where the text is not such a record.</returns>
    public static HarvestRecord? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<HarvestRecord>(json);
        }
        catch (JsonException)
        {
            return null; // of a version that wrote something else: the last record counts then
        }
    }
}
