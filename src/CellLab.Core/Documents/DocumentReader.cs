namespace CellLab.Core.Documents;

/// <summary>Reads a document in either notation into one tree: <c>.json</c> is strict JSON, <c>.yaml</c> and <c>.yml</c> are YAML; under any
/// other name a text that begins with a brace or a bracket is JSON.</summary>
public static class DocumentReader
{
    public static DocumentReading Read(string fileName, string text) => IsYaml(fileName, text)
        ? YamlDocumentReader.Read(fileName, text)
        : JsonDocumentReader.Read(fileName, text);

    private static bool IsYaml(string fileName, string text) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".YAML" or ".YML" => true,
        ".JSON" => false,
        _ => text.TrimStart('\uFEFF').TrimStart() is { Length: > 0 } body && body[0] is not ('{' or '['),
    };
}
