using System.Text.Json.Serialization;

namespace CellLab.Core.Triggers.Patterns;

/// <summary>A pattern's file as it was found.</summary>
/// <param name="Path">Where the service found it; what reads it later may have to look elsewhere.</param>
/// <param name="Sha256">Of its bytes, hexadecimal, lower case.</param>
/// <param name="KAlpha1Angstrom">Wavelength that the file states; null when it does not, so too the range.</param>
/// <param name="InternalReferenceDegrees">Position of a peak that does not move with the cell (the aluminium 220 line of the current collector); null when it is
/// outside the range.</param>
/// <param name="ScanSeconds">From the beginning to the end of the scan by the times that the file states; null when it states none.</param>
public sealed record PatternFileFacts(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("path")] string? Path,
    [property: JsonPropertyName("size_bytes")] long SizeBytes,
    [property: JsonPropertyName("sha256")] string Sha256,
    [property: JsonPropertyName("k_alpha_1_angstrom")] double? KAlpha1Angstrom,
    [property: JsonPropertyName("k_alpha_2_angstrom")] double? KAlpha2Angstrom,
    [property: JsonPropertyName("two_theta_from_deg")] double? TwoThetaFromDegrees,
    [property: JsonPropertyName("two_theta_to_deg")] double? TwoThetaToDegrees,
    [property: JsonPropertyName("two_theta_step_deg")] double? TwoThetaStepDegrees,
    [property: JsonPropertyName("internal_reference_deg")] double? InternalReferenceDegrees,
    [property: JsonPropertyName("scan_s")] double? ScanSeconds = null);

/// <summary>What a reader of a pattern has to know before using it.</summary>
public static class PatternFlags
{
    public const string Short = "short";
    public const string Overrun = "overrun";
    public const string CurrentOff = "current_off";
    public const string Queued = "queued";
    public const string Gap = "electrochemistry_gap";

    /// <summary>Nobody knows whether the pulse came; the exposure was seen.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>The end was not seen; it is the start and the expected time.</summary>
    public const string EndEstimated = "end_estimated";

    /// <summary>The start was not seen: it is the pulse, or the moment at which the trigger was stored just before it.</summary>
    public const string StartUnseen = "start_unseen";

    /// <summary>The end was not seen; it is the start and the length of the scan that the file states.</summary>
    public const string EndFromFile = "end_from_file";

    /// <summary>The end was not seen and nothing tells the length: there is no middle, end and mean.</summary>
    public const string EndUnknown = "end_unknown";

    public const string NoFile = "no_file";
}
