using System.Text.Json;

namespace CellLab.Tests.Core.Protocols.Language;

/// <summary>The files of <c>Good</c> and <c>Bad</c> and what is expected of them.</summary>
internal static class LanguageFiles
{
    private static readonly string[] Folder = ["tests", "CellLab.Tests", "Core", "Protocols", "Language"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static string Text(string kind, string file) => RepositoryFiles.Text([.. Folder, kind, file]);

    public static string[] Names(string kind) =>
        [.. Directory.EnumerateFiles(RepositoryFiles.PathOf([.. Folder, kind])).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static T[] Expected<T>(string file) => JsonSerializer.Deserialize<T[]>(RepositoryFiles.Text([.. Folder, file]), Json)!;
}
