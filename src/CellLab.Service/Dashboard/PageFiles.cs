using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace CellLab.Service.Dashboard;

/// <summary>The page's files, which lie in this assembly: what is served is what was built, wherever the service is started from.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";
    private const string Document = "index.html";

    /// <summary>No module: it stands in the document by itself.</summary>
    private const string Boot = "app/boot.js";

    /// <summary>In the document: here it names all modules, so that a browser fetches them at once instead of finding one after the other.</summary>
    private const string ModulesMark = "<!-- modules -->";

    private static readonly Lazy<FrozenDictionary<string, PageFile>> All = new(Load);

    /// <summary>A file by its path (<c>app/main.js</c>); null when there is none.</summary>
    public static PageFile? Find(string path) => All.Value.GetValueOrDefault(path);

    public static IEnumerable<string> Paths => All.Value.Keys;

    private static FrozenDictionary<string, PageFile> Load()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        Dictionary<string, byte[]> files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => Read(assembly, name));
        files[Document] = WithModules(files[Document], files.Keys.Where(path => path.EndsWith(".js", StringComparison.Ordinal) && path != Boot));
        return files.ToFrozenDictionary(file => file.Key, file => new PageFile(ContentType(file.Key), file.Value), StringComparer.Ordinal);
    }

    private static byte[] WithModules(byte[] document, IEnumerable<string> modules)
    {
        IEnumerable<string> links = modules.Order(StringComparer.Ordinal).Select(path => $"<link rel=\"modulepreload\" href=\"{Prefix}{path}\">");
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(document).Replace(ModulesMark, string.Join("\n  ", links), StringComparison.Ordinal));
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
