using System.Text.Json;
using System.Text.Json.Nodes;

namespace CellLab.CellModel;

/// <summary>The materials that come with the model, read from the embedded <c>parameters.json</c>.</summary>
public static class Materials
{
    private static readonly Lazy<IReadOnlyDictionary<string, CellParameters>> All = new(Load);
    private static readonly Lazy<IReadOnlyCollection<string>> AllNames = new(LoadNames);

    /// <summary>Names in the order of the file: <c>LMNO</c>, <c>LMNPO-VO</c>.</summary>
    public static IReadOnlyCollection<string> Names => AllNames.Value;

    /// <summary>Looks a material up without regard to case.</summary>
    public static bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CellParameters? parameters) =>
        All.Value.TryGetValue(name, out parameters);

    /// <exception cref="ArgumentException">No such material; the message lists those there are.</exception>
    public static CellParameters Get(string name) => TryGet(name, out CellParameters? found)
        ? found
        : throw new ArgumentException($"there is no material '{name}'; known are {string.Join(", ", Names)}", nameof(name));

    /// <summary>The material with some of its numbers replaced, by their names in the file; a member of an object by both names and a dot
    /// (<c>xrd.two_theta_charged</c>).</summary>
    /// <exception cref="ArgumentException">No such material or number, or not a finite one.</exception>
    public static CellParameters With(string name, IReadOnlyDictionary<string, double> changes)
    {
        string known = Get(name).Material;
        using Stream stream = Open();
        JsonObject root = JsonNode.Parse(stream)!.AsObject();
        foreach ((string path, double value) in changes)
        {
            string[] parts = path.Split('.');
            JsonObject? place = parts[..^1].Aggregate(root["materials"]![known] as JsonObject, (parent, part) => parent?[part] as JsonObject);
            if (place?[parts[^1]] is not JsonValue || !double.IsFinite(value))
            {
                throw new ArgumentException($"{known} has no number '{path}', or {value} is none", nameof(changes));
            }

            place[parts[^1]] = value;
        }

        using var document = JsonDocument.Parse(root.ToJsonString());
        return new ParameterReader(document.RootElement).Read(known, document.RootElement.GetProperty("materials").GetProperty(known));
    }

    private static Stream Open() => typeof(Materials).Assembly.GetManifestResourceStream("parameters.json")
        ?? throw new InvalidOperationException("the assembly lacks its embedded parameters.json");

    /// <summary>The command line tells them with every start: no curve is computed for that.</summary>
    private static string[] LoadNames()
    {
        using Stream stream = Open();
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("materials").EnumerateObject().Select(material => material.Name)];
    }

    private static Dictionary<string, CellParameters> Load()
    {
        using Stream stream = Open();
        using var document = JsonDocument.Parse(stream);
        var reader = new ParameterReader(document.RootElement);
        var all = new Dictionary<string, CellParameters>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty material in document.RootElement.GetProperty("materials").EnumerateObject())
        {
            all.Add(material.Name, reader.Read(material.Name, material.Value));
        }

        return all;
    }
}
