using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CellLab.Messaging.Payloads;

/// <summary>Writes and reads the small payloads, which are records with the members of their schema.</summary>
public static class PayloadJson
{
    public static byte[] Write<TPayload>(TPayload payload)
        where TPayload : IPayload => JsonSerializer.SerializeToUtf8Bytes(payload, TypeInfo<TPayload>());

    public static void Write<TPayload>(IBufferWriter<byte> buffer, TPayload payload)
        where TPayload : IPayload
    {
        using var writer = new Utf8JsonWriter(buffer);
        JsonSerializer.Serialize(writer, payload, TypeInfo<TPayload>());
    }

    /// <exception cref="PayloadException">No JSON, another schema, or a member that does not fit.</exception>
    public static TPayload Read<TPayload>(ReadOnlyMemory<byte> bytes)
        where TPayload : IPayload
    {
        using JsonDocument document = Parse(bytes, TPayload.SchemaName);
        try
        {
            return document.RootElement.Deserialize(TypeInfo<TPayload>())!;
        }
        catch (JsonException error)
        {
            throw new PayloadException($"{TPayload.SchemaName}: {error.Message}", error);
        }
    }

    internal static JsonDocument Parse(ReadOnlyMemory<byte> payload, string schema)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(payload);
        }
        catch (JsonException error)
        {
            throw new PayloadException($"{schema}: not valid JSON: {error.Message}", error);
        }

        string found = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schema"u8, out JsonElement name)
            ? name.ToString()
            : "none";
        if (found != schema)
        {
            document.Dispose();
            throw new PayloadException($"expected a payload of schema '{schema}', found '{found}'");
        }

        return document;
    }

    private static JsonTypeInfo<TPayload> TypeInfo<TPayload>() => (JsonTypeInfo<TPayload>)PayloadContext.Default.GetTypeInfo(typeof(TPayload))!;
}
