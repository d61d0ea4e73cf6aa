using System.Text.Json;

namespace CellLab.Service.Offline.Report;

/// <summary>Reads results without a type for each shape; an absent member, a null and a number that is none are the same.</summary>
internal static class Json
{
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        JsonElement current = element;
        foreach (string name in path)
        {
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current))
            {
                return null;
            }
        }

        return current.ValueKind == JsonValueKind.Null ? null : current;
    }

    public static double? Number(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } rows ? rows.EnumerateArray() : [];

    /// <summary>A column of numbers; missing ones are NaN.</summary>
    public static double[] Column(this JsonElement element, params ReadOnlySpan<string> path) =>
        [.. element.Items(path).Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN)];
}
