using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CellLab.AutolabBridge.Wire;

/// <summary>One JSON object on one line.</summary>
internal static class JsonText
{
    public static string Of(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>What is not a number is null.</summary>
    public static void WriteValue(this Utf8JsonWriter json, string name, double value)
    {
        if (Finite.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>ISO 8601, in milliseconds.</summary>
    public static void WriteUtc(this Utf8JsonWriter json, string name, DateTime utc) =>
        json.WriteString(name, utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
