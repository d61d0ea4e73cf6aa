using System.Text.Json;

namespace CellLab.CellModel;

/// <summary>The materials that come with the model, read from the embedded <c>parameters.json</c>.</summary>
public static class Materials
{
    private static readonly Lazy<IReadOnlyDictionary<string, CellParameters>> All = new(Load);

    /// <summary>Names in the order of the file: <c>LMNO</c>, <c>LMNPO-VO</c>.</summary>
    public static IReadOnlyCollection<string> Names => [.. All.Value.Keys];

    /// <summary>Looks a material up without regard to case.</summary>
    public static bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CellParameters? parameters) =>
        All.Value.TryGetValue(name, out parameters);

    /// <exception cref="ArgumentException">No such material; the message lists those there are.</exception>
    public static CellParameters Get(string name) => TryGet(name, out CellParameters? found)
        ? found
        : throw new ArgumentException($"there is no material '{name}'; known are {string.Join(", ", Names)}", nameof(name));

    private static Dictionary<string, CellParameters> Load()
    {
        using Stream stream = typeof(Materials).Assembly.GetManifestResourceStream("parameters.json")
            ?? throw new InvalidOperationException("the assembly lacks its embedded parameters.json");
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
