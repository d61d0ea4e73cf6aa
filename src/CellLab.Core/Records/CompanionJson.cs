using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CellLab.Core.Records;

/// <summary>Bodies of companion rows as JSON, the same in files and messages: members by their names, missing values as null.</summary>
public static class CompanionJson
{
    /// <summary>A body that stands alone (the JSON beside a pattern's file) names its job.</summary>
    public const string JobMember = "job";

    public static JsonSerializerOptions Options { get; } = Make();

    /// <exception cref="ArgumentException">The body is not of the stream's kind, or a number in it is not finite.</exception>
    public static string Write(string stream, CompanionBody body)
    {
        Type type = CompanionBodies.TypeOf(stream);
        return body.GetType() == type
            ? JsonSerializer.Serialize(body, type, Options)
            : throw new ArgumentException($"stream {stream}: a row must hold {type.Name}, found {body.GetType().Name}.", nameof(body));
    }

    /// <exception cref="JsonException">The text is not a body of this stream.</exception>
    public static CompanionBody Read(string stream, string text) =>
        (CompanionBody?)JsonSerializer.Deserialize(text, CompanionBodies.TypeOf(stream), Options) ?? throw new JsonException("the body is null");

    /// <summary>The stream's members in their order; each is a column, but the job, which a page tells once.</summary>
    public static IReadOnlyList<JsonPropertyInfo> Columns(string stream) =>
        [.. Options.GetTypeInfo(CompanionBodies.TypeOf(stream)).Properties.Where(member => member.Name != JobMember)];

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };
        options.MakeReadOnly();
        return options;
    }
}
