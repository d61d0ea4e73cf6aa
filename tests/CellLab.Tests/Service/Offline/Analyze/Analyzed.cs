using System.Globalization;
using System.Text;
using System.Text.Json;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Analyze;

/// <summary>Writes a file, analyses it as the verb does, and gives back what a program would read.</summary>
internal static class Analyzed
{
    public static AnalyzeResult Text(string name, string text, string? settings = null) => Bytes(name, Encoding.UTF8.GetBytes(text), settings);

    public static AnalyzeResult Bytes(string name, byte[] bytes, string? settings = null)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        IReadOnlyList<CellLab.Core.Documents.Finding> warnings = [];
        AnalyzeSettings read = settings is null ? new AnalyzeSettings() : AnalyzeSettingsReader.Read("settings.json", settings, out warnings);
        return FileAnalyzer.Analyze(path, read, warnings);
    }

    public static JsonElement Json(this AnalyzeResult result)
    {
        using JsonDocument document = JsonDocument.Parse(result.ToJson());
        return document.RootElement.Clone();
    }

    public static string Lines(IEnumerable<FormattableString> lines) =>
        string.Concat(lines.Select(line => line.ToString(CultureInfo.InvariantCulture) + "\n"));
}
