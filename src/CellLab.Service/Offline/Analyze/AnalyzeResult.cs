using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Everything the analysis of one file says (<c>analyze --json</c>). Sections that do not apply are absent, values that cannot be told are null.</summary>
public sealed record AnalyzeResult
{
    /// <summary>How sections are written, here and in the results of live analyses.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new FiniteNumberConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(AnalyzeContext.Default, new DefaultJsonTypeInfoResolver()),
    };

    [JsonPropertyName("file")] public required FileEntry File { get; init; }

    [JsonPropertyName("findings")] public required IReadOnlyList<FindingEntry> Findings { get; init; }

    [JsonPropertyName("cycling"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public CyclingSection? Cycling { get; init; }

    [JsonPropertyName("eis"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public EisSection? Eis { get; init; }

    [JsonPropertyName("gitt"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public GittSection? Gitt { get; init; }

    [JsonPropertyName("dems"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DemsSection? Dems { get; init; }

    [JsonPropertyName("xrd"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public XrdSection? Xrd { get; init; }

    /// <summary>Whether any section could be made.</summary>
    [JsonIgnore] public bool Usable => Cycling is { Steps.Count: > 0 } || Eis is not null || Dems is not null || Xrd is { Peaks.Count: > 0 };

    /// <summary>The file and its findings alone.</summary>
    public AnalyzeResult WithoutSections() => new() { File = File, Findings = Findings };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>JSON has no word for what is not finite: it is written as null.</summary>
    private sealed class FiniteNumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}

/// <param name="Rows">Data rows.</param>
public sealed record FileEntry(
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("format")] string Format,
    [property: JsonPropertyName("rows")] long Rows);

public sealed record FindingEntry(
    [property: JsonPropertyName("severity")] string Severity,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("row")] long? Row,
    [property: JsonPropertyName("column")] string? Column,
    [property: JsonPropertyName("message")] string Message)
{
    public static FindingEntry Of(ForeignFinding finding) => new(finding.Severity, finding.Code, finding.Row, finding.Column, finding.Message);
}
