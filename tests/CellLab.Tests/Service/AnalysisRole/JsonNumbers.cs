using System.Text.Json;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>Compares two documents member by member.</summary>
internal static class JsonNumbers
{
    /// <param name="tolerance">Of numbers, against the larger one, or absolute below 1.</param>
    /// <returns>Path and both values of what differs.</returns>
    public static IEnumerable<string> Differences(JsonElement expected, JsonElement found, double tolerance, string path)
    {
        if (expected.ValueKind != found.ValueKind)
        {
            return [$"{path}: {expected.ValueKind} and {found.ValueKind}"];
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => Members(expected, found, tolerance, path),
            JsonValueKind.Array when expected.GetArrayLength() != found.GetArrayLength() => [$"{path}: {expected.GetArrayLength()} and {found.GetArrayLength()} items"],
            JsonValueKind.Array => expected.EnumerateArray().Zip(found.EnumerateArray()).SelectMany((pair, index) => Differences(pair.First, pair.Second, tolerance, $"{path}[{index}]")),
            JsonValueKind.Number => IsSame(expected.GetDouble(), found.GetDouble(), tolerance) ? [] : [$"{path}: {expected} and {found}"],
            _ => expected.ToString() == found.ToString() ? [] : [$"{path}: {expected} and {found}"],
        };
    }

    private static IEnumerable<string> Members(JsonElement expected, JsonElement found, double tolerance, string path)
    {
        string[] names = [.. expected.EnumerateObject().Select(member => member.Name).Union(found.EnumerateObject().Select(member => member.Name))];
        return names.SelectMany(name => expected.TryGetProperty(name, out JsonElement one) && found.TryGetProperty(name, out JsonElement other)
            ? Differences(one, other, tolerance, $"{path}.{name}")
            : [$"{path}.{name}: only in one"]);
    }

    private static bool IsSame(double expected, double found, double tolerance) =>
        Math.Abs(expected - found) <= tolerance * Math.Max(Math.Abs(expected), Math.Abs(found)) || expected.Equals(found);
}
