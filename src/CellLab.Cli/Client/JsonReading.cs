using System.Globalization;
using System.Text.Json;

namespace CellLab.Cli.Client;

/// <summary>Reads members of answers without a type for each shape; an absent member and a null are the same.</summary>
internal static class JsonReading
{
    /// <summary>Follows a path of member names joined by dots; null when one is missing.</summary>
    public static JsonElement? At(this JsonElement element, string path)
    {
        JsonElement current = element;
        foreach (string name in path.Split('.'))
        {
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current))
            {
                return null;
            }
        }

        return current.ValueKind == JsonValueKind.Null ? null : current;
    }

    /// <summary>The member as a person reads it: text as it is, numbers by the invariant culture; null when absent.</summary>
    public static string? TextOf(this JsonElement element, string path) => element.At(path) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.True } => "yes",
        { ValueKind: JsonValueKind.False } => "no",
        { } other => other.GetRawText(),
    };

    public static double? NumberOf(this JsonElement element, string path) =>
        element.At(path) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public static string FixedOf(this JsonElement element, string path, string format) =>
        element.NumberOf(path)?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>The rows of a listing: the answer itself when it is an array, else its member of that name.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string member) => element switch
    {
        { ValueKind: JsonValueKind.Array } => element.EnumerateArray(),
        _ when element.At(member) is { ValueKind: JsonValueKind.Array } rows => rows.EnumerateArray(),
        _ => [],
    };
}
