using CellLab.Core.Documents;
using CellLab.Service.Options;

namespace CellLab.Service.Rest.Protocols;

/// <summary>Protocols that lie ready to be chosen: those in the folder <c>protocols</c> beside the configuration, and those that come with CellLab.</summary>
internal sealed class ProtocolLibrary(ServiceConfiguration configuration)
{
    private const string FolderName = "protocols";
    private const int MaxBytes = 1024 * 1024;
    private static readonly string[] Extensions = [".yaml", ".yml", ".json", ".txt", ".xml"];

    /// <summary>By name, each once: what lies beside the configuration goes before what came with CellLab.</summary>
    public IReadOnlyList<LibraryProtocol> All() =>
        [.. Folders().SelectMany(Files).DistinctBy(Path.GetFileName).OrderBy(Path.GetFileName, StringComparer.Ordinal).Select(Read)];

    /// <summary>Null when there is none of that name. The name is looked up, not put together to a path.</summary>
    public LibraryProtocol? Find(string name) =>
        Folders().SelectMany(Files).FirstOrDefault(path => Path.GetFileName(path) == name) is { } found ? Read(found) : null;

    private IEnumerable<string> Folders()
    {
        yield return Path.Combine(Path.GetDirectoryName(configuration.File)!, FolderName);
        foreach (string? start in new[] { Environment.GetEnvironmentVariable("CELLLAB_HOME"), AppContext.BaseDirectory })
        {
            for (string? folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                yield return Path.Combine(folder, "config", FolderName);
            }
        }
    }

    private static IEnumerable<string> Files(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? Directory.GetFiles(folder).Where(path => Extensions.Contains(Path.GetExtension(path).ToLowerInvariant()) && new FileInfo(path).Length <= MaxBytes)
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // a folder that may not be read offers nothing
        }
    }

    private static LibraryProtocol Read(string path)
    {
        string text = Offline.ProtocolSource.Decode(File.ReadAllBytes(path));
        return new LibraryProtocol(Path.GetFileName(path), text, Remark(text), Parameters(path, text));
    }

    /// <summary>The comment at its head, as far as it goes.</summary>
    private static string Remark(string text) => string.Join(
        ' ', text.Split('\n').TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim()));

    /// <summary>Names with their defaults; empty for forms that have none.</summary>
    private static Dictionary<string, string> Parameters(string path, string text) =>
        DocumentReader.Read(path, text).Root is MapNode root && root.Find("parameters")?.Value is MapNode map
            ? map.Members.Where(member => member.Value is ScalarNode).ToDictionary(member => member.Name, member => ((ScalarNode)member.Value).Text)
            : [];
}

/// <param name="Parameters">Names with their defaults.</param>
internal sealed record LibraryProtocol(string Name, string Text, string Remark, IReadOnlyDictionary<string, string> Parameters);
