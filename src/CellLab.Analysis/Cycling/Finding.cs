using System.Text.Json.Serialization;

namespace CellLab.Analysis.Cycling;

/// <summary>Something in the data that a person should know. <paramref name="Record"/> is the sequence number at which it was seen.</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
public sealed record Finding(
    [property: JsonPropertyName("severity")] string Severity,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("record")] long Record,
    [property: JsonPropertyName("column")] string Column,
    [property: JsonPropertyName("message")] string Message)
{
    public static Finding Warning(string code, long record, string column, string message) => new("warning", code, record, column, message);
}

public static class FindingCodes
{
    public const string Gap = "gap";
    public const string CounterFell = "counter_fell";
    public const string CounterDiffers = "counter_differs";
    public const string TimeFell = "time_fell";
    public const string NotANumber = "not_a_number";
}
