using System.Text.Json;
using System.Text.Json.Serialization;

namespace CellLab.Messaging.Payloads;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(UnixSecondsConverter), typeof(FiniteConverter)])]
[JsonSerializable(typeof(NodeStatusPayload))]
[JsonSerializable(typeof(DeviceStatePayload))]
[JsonSerializable(typeof(ChannelStatePayload))]
[JsonSerializable(typeof(JobStatePayload))]
[JsonSerializable(typeof(JobProgressPayload))]
[JsonSerializable(typeof(LivePayload))]
[JsonSerializable(typeof(CyclePayload))]
[JsonSerializable(typeof(AnalysisPayload))]
[JsonSerializable(typeof(EventPayload))]
[JsonSerializable(typeof(AlarmPayload))]
internal sealed partial class PayloadContext : JsonSerializerContext;

/// <summary>Times as <see cref="UnixSeconds"/>.</summary>
internal sealed class UnixSecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return UnixSeconds.Read(JsonElement.ParseValue(ref reader));
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => UnixSeconds.Write(writer, value);
}

/// <summary>A value that is not a number is null, as everywhere in our JSON.</summary>
internal sealed class FiniteConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

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
