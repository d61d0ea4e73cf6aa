using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.XrdTrigger.Contacts;

/// <summary>Finds maps: the shipped ones by name (config/io-modules), others by the path of their file.</summary>
internal static class IoModuleLibrary
{
    private const string Prefix = "io-modules/";

    private static readonly JsonSerializerOptions s_strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Names of the shipped maps.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..^".json".Length]).Order(StringComparer.Ordinal),
    ];

    /// <exception cref="DeviceSetupException">There is no such map, or it is wrong.</exception>
    public static IoModuleMap Load(string name)
    {
        bool isFile = name.EndsWith(".json", StringComparison.Ordinal);
        if (!isFile && !Shipped.Contains(name))
        {
            throw new DeviceSetupException([$"profile: there is no I/O module '{name}'; shipped are {string.Join(", ", Shipped)}; or give the path of a .json file"]);
        }

        IoModuleMap map = Read(name, isFile ? ReadFile(name) : ReadShipped(name));
        string? error = Error(map);
        return error is null ? map : throw new DeviceSetupException([$"I/O module map {name}: {error}"]);
    }

    private static IoModuleMap Read(string name, byte[] json)
    {
        try
        {
            JsonObject document = JsonNode.Parse(json)?.AsObject() ?? throw new JsonException("expected an object");
            document.Remove("$schema");
            return document.Deserialize<IoModuleMap>(s_strict) ?? throw new JsonException("expected an object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DeviceSetupException([$"I/O module map {name}: {e.Message}"]);
        }
    }

    private static string? Error(IoModuleMap map) => map switch
    {
        { Outputs.Count: < 1 or > 2000 } => "outputs.count: expected 1 to 2000",
        { Inputs.Count: < 1 or > 2000 } => "inputs.count: expected 1 to 2000",
        { ModulePulse.UnitS: <= 0 } or { Watchdog.UnitS: <= 0 } => "unit_s: expected a time above 0",
        { ModulePulse.MostUnits: < 1 or > 0xFEFF } => "module_pulse.most_units: expected 1 to 65279",
        _ => null,
    };

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeviceSetupException([$"profile: {path} cannot be read: {e.Message}"]);
        }
    }

    private static byte[] ReadShipped(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{name}.json")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
