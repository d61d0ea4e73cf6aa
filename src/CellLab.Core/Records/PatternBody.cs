using System.Text.Json.Serialization;
using CellLab.Core.Devices;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;

namespace CellLab.Core.Records;

/// <summary>The record <c>xrd-pattern</c>: everything that ties one diffraction pattern to the state of the cell. A row of stream <c>xrd</c>, the JSON
/// beside the pattern's file, and a message.</summary>
/// <param name="Conditions">Ids of the conditions that asked for it; empty when a person did.</param>
/// <param name="Acknowledgement"><c>busy</c>, <c>line</c> or <c>none</c>: how the start of the exposure was seen.</param>
/// <param name="StartUncertaintySeconds">Of the start of the exposure: half the time of the write and the polling of busy.</param>
/// <param name="ExposureExpectedSeconds">Null where nobody said.</param>
/// <param name="ExposureMeasuredSeconds">Null where the end was not seen.</param>
/// <param name="Requested">The state for which it was asked.</param>
/// <param name="Start">State at the start of the exposure; with middle, end and mean null where no records cover it.</param>
/// <param name="Flags"><see cref="PatternFlags"/>.</param>
public sealed record PatternBody(
    [property: JsonPropertyName("trigger_id")] string TriggerId,
    [property: JsonPropertyName("job")] string Job,
    [property: JsonPropertyName("sample")] string Sample,
    [property: JsonPropertyName("active_mass_mg")] double ActiveMassMilligrams,
    [property: JsonPropertyName("protocol")] string Protocol,
    [property: JsonPropertyName("condition_ids")] IReadOnlyList<string> Conditions,
    [property: JsonPropertyName("requested_by")] string? RequestedBy,
    [property: JsonPropertyName("policy")] MissedPolicy Policy,
    [property: JsonPropertyName("ack")] string Acknowledgement,
    [property: JsonPropertyName("times")] PatternTimes Times,
    [property: JsonPropertyName("start_uncertainty_s")] double? StartUncertaintySeconds,
    [property: JsonPropertyName("exposure_expected_s")] double? ExposureExpectedSeconds,
    [property: JsonPropertyName("exposure_measured_s")] double? ExposureMeasuredSeconds,
    [property: JsonPropertyName("requested")] PatternState? Requested,
    [property: JsonPropertyName("start")] PatternState? Start,
    [property: JsonPropertyName("middle")] PatternState? Middle,
    [property: JsonPropertyName("end")] PatternState? End,
    [property: JsonPropertyName("mean")] PatternMean? Mean,
    [property: JsonPropertyName("instrument")] string Instrument,
    [property: JsonPropertyName("program")] string? Program,
    [property: JsonPropertyName("file")] PatternFileFacts? File,
    [property: JsonPropertyName("flags")] IReadOnlyList<string> Flags) : CompanionBody
{
    /// <summary>Clocks of the job's instruments against lab time, as measured last before the record was made; times in it are not shifted by them.</summary>
    [JsonPropertyName("clocks")] public IReadOnlyList<ClockNote>? Clocks { get; init; }

    /// <summary>Setting of the diffractometer: what the height of the sample adds to every angle, degrees 2theta. The file and its angles are as measured.</summary>
    [JsonPropertyName("displacement_offset_deg")] public double? DisplacementOffsetDegrees { get; init; }
}
