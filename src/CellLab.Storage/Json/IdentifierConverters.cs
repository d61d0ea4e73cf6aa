using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Storage.Json;

internal sealed class JobIdConverter : JsonConverter<JobId>
{
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class DeviceIdConverter : JsonConverter<DeviceId>
{
    public override DeviceId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, DeviceId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class ChannelAddressConverter : JsonConverter<ChannelAddress>
{
    public override ChannelAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ChannelAddress.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, ChannelAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
