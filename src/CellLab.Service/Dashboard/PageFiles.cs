using System.Collections.Frozen;
using System.Reflection;

namespace CellLab.Service.Dashboard;

/// <summary>The page's files, which lie in this assembly: what is served is what was built, wherever the service is started from.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    private static readonly Lazy<FrozenDictionary<string, PageFile>> All = new(Load);

    /// <summary>A file by its path (<c>app/main.js</c>); null when there is none.</summary>
    public static PageFile? Find(string path) => All.Value.GetValueOrDefault(path);

    public static IEnumerable<string> Paths => All.Value.Keys;

    private static FrozenDictionary<string, PageFile> Load()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[Prefix.Length..].Replace('\\', '/'), name => new PageFile(ContentType(name), Read(assembly, name)), StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain; charset=utf-8",
        _ => throw new InvalidOperationException($"{name}: no content type is known for this kind of file"),
    };
}
