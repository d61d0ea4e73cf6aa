using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Core.Storage;

namespace CellLab.Storage.Json;

/// <summary>How documents stand in the files: snake_case members, enumerations and identifiers as text.</summary>
internal static class StorageJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new JobIdConverter(), new DeviceIdConverter(), new ChannelAddressConverter(),
        },
    };

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options);

    /// <exception cref="StorageException">The text is not a document of this kind.</exception>
    public static T Read<T>(string text, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw new StorageException($"{what}: the stored document is empty.");
        }
        catch (JsonException fault)
        {
            throw new StorageException($"{what}: the stored document cannot be read ({fault.Message}).", fault);
        }
    }
}
