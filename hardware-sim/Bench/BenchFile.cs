using System.Text.Json;

namespace CellLab.HardwareSim.Bench;

/// <summary>A bench file that has been read, with the means to say where something is wrong in it.</summary>
internal sealed class BenchFile
{
    private readonly string _path;
    private readonly byte[] _bytes;

    private BenchFile(string path, byte[] bytes)
    {
        _path = path;
        _bytes = bytes;
        Document = Read<BenchDocument>(() => JsonSerializer.Deserialize<BenchDocument>(bytes, BenchJson.Strict), "");
    }

    public BenchDocument Document { get; }

    /// <exception cref="BenchFileException">No such file, or not a bench file.</exception>
    public static BenchFile Load(string path)
    {
        if (Directory.Exists(path))
        {
            throw new BenchFileException($"{path}: a folder stands where a bench file is expected");
        }

        try
        {
            return new BenchFile(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchFileException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a part of the file; unknown members and wrong types are errors.</summary>
    public T Part<T>(JsonElement element, string at) => Read(() => element.Deserialize<T>(BenchJson.Strict), at);

    /// <summary>Members that every instrument has; others are left to its own kind.</summary>
    public DeviceHead Head(int index)
    {
        JsonElement device = Document.Devices[index];
        string at = $"devices[{index}]";
        if (device.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(at, "expected an object with id and driver");
        }

        return new DeviceHead(Text(device, at, "id"), Text(device, at, "driver"));
    }

    public BenchFileException Wrong(string at, string message, Exception? inner = null) =>
        new($"{_path}:{JsonLines.LineOf(_bytes, at)}: {at}: {message}", inner);

    private string Text(JsonElement element, string at, string member) =>
        element.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Wrong(at, $"member {member} is missing or not a text; there are {string.Join(", ", element.EnumerateObject().Select(found => found.Name))}");

    private T Read<T>(Func<T?> read, string at)
    {
        try
        {
            return read() ?? throw new BenchFileException($"{_path}: {at}: expected an object, found null");
        }
        catch (JsonException e)
        {
            string member = (at + (e.Path ?? "").TrimStart('$')).TrimStart('.');
            throw at.Length == 0 && member.Length == 0
                ? new BenchFileException($"{_path}:{(e.LineNumber ?? 0) + 1}: not valid JSON: {e.Message}", e)
                : Wrong(member, Reason(e, BenchMembers.Of(typeof(T), (e.Path ?? "").TrimStart('$'))), e);
        }
    }

    /// <summary>The framework's sentence without the names of our types.</summary>
    private static string Reason(JsonException e, IReadOnlyList<string> known)
    {
        if (e.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return $"unknown member; known here: {string.Join(", ", known)}";
        }

        return e.Message.Contains("missing required", StringComparison.Ordinal)
            ? $"lacks the member(s) {e.Message[(e.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.')}"
            : $"has the wrong type or value ({e.Message.Split(" Path:")[0]})";
    }
}
