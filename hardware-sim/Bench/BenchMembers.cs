using System.Text.Json.Serialization.Metadata;

namespace CellLab.HardwareSim.Bench;

/// <summary>Names that may stand in a part of a bench file, for messages about one that may not.</summary>
internal static class BenchMembers
{
    /// <param name="root">What the part is read into.</param>
    /// <param name="path">Of the wrong member within the part, as in <c>.cells[1].matrial</c>.</param>
    public static IReadOnlyList<string> Of(Type root, string path)
    {
        JsonTypeInfo at = BenchJson.Strict.GetTypeInfo(root);
        foreach (string member in path.Split('.', StringSplitOptions.RemoveEmptyEntries).SkipLast(1))
        {
            string name = member.Split('[')[0];
            if (at.Properties.FirstOrDefault(property => property.Name == name) is not { } property)
            {
                break;
            }

            JsonTypeInfo value = BenchJson.Strict.GetTypeInfo(property.PropertyType);
            at = value.Kind == JsonTypeInfoKind.Enumerable && value.ElementType is { } item ? BenchJson.Strict.GetTypeInfo(item) : value;
        }

        return [.. at.Properties.Select(property => property.Name)];
    }
}
