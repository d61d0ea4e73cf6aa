using System.Text.Json.Serialization;

namespace CellLab.Core.Records;

/// <summary>One point of an impedance spectrum: a row of stream <c>eis</c>.</summary>
/// <param name="Spectrum">Counts the job's spectra from 1.</param>
/// <param name="Label">What the protocol calls it, for example <c>before</c>.</param>
/// <param name="Point">From 1, in the order of measurement.</param>
/// <param name="RealOhms">Null where the instrument gave no number; so too <paramref name="ImaginaryOhms"/> (negative for a capacitor).</param>
/// <param name="Overloaded">The instrument marks the point as beyond its range.</param>
/// <param name="OpenCircuitVolts">Measured before the excitation.</param>
/// <param name="PointsPlanned">Points that the whole spectrum was asked to have; null where nobody said.</param>
public sealed record ImpedanceBody(
    [property: JsonPropertyName("spectrum")] int Spectrum,
    [property: JsonPropertyName("label")] string Label,
    [property: JsonPropertyName("point")] int Point,
    [property: JsonPropertyName("frequency_hz")] double FrequencyHertz,
    [property: JsonPropertyName("re_ohm")] double? RealOhms,
    [property: JsonPropertyName("im_ohm")] double? ImaginaryOhms,
    [property: JsonPropertyName("overloaded")] bool Overloaded,
    [property: JsonPropertyName("ocv_v")] double? OpenCircuitVolts,
    [property: JsonPropertyName("points_planned")] int? PointsPlanned = null) : CompanionBody;
