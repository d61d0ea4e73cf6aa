using System.Text.Json.Serialization;

namespace CellLab.Core.Records;

/// <summary>One ion current: a row of stream <c>ms</c>.</summary>
/// <param name="Phase"><c>background</c>, <c>calibration</c> or <c>run</c>, with the gas route where it is known (<c>run cell</c>).</param>
/// <param name="Pass">Running number of the pass through the masses, by the instrument's driver; a jump is a lost pass.</param>
/// <param name="IonCurrentAmperes">Positive for positive ions; noise round zero may be negative.</param>
/// <param name="Detector">Name and setting, for example <c>faraday</c>: a sensitivity holds for one only.</param>
public sealed record IonBody(
    [property: JsonPropertyName("phase")] string Phase,
    [property: JsonPropertyName("pass")] long Pass,
    [property: JsonPropertyName("mz")] double MassToCharge,
    [property: JsonPropertyName("ion_current_a")] double IonCurrentAmperes,
    [property: JsonPropertyName("detector")] string Detector) : CompanionBody;
