using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Drivers.Catalog;

namespace CellLab.Drivers.ModbusCycler.Profiles;

/// <summary>Finds maps: the shipped ones by name (config/modbus), others by the path of their file.</summary>
internal static class ProfileLibrary
{
    private const string Prefix = "modbus/";

    private static readonly JsonSerializerOptions s_strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Names of the shipped maps.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..^".json".Length]).Order(StringComparer.Ordinal),
    ];

    /// <exception cref="DeviceSetupException">There is no such map, or it is wrong; every error names map and member.</exception>
    public static ModbusProfile Load(string name)
    {
        bool isFile = name.EndsWith(".json", StringComparison.Ordinal);
        if (!isFile && !Shipped.Contains(name))
        {
            throw new DeviceSetupException([$"profile: there is no register map '{name}'; shipped are {string.Join(", ", Shipped)}; or give the path of a .json file"]);
        }

        ModbusProfile profile = Read(name, isFile ? ReadFile(name) : ReadShipped(name));
        List<string> errors = [.. ProfileCheck.Errors(profile).Select(e => $"register map {name}: {e}")];
        return errors.Count == 0 ? profile : throw new DeviceSetupException(errors);
    }

    private static ModbusProfile Read(string name, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<ModbusProfile>(json, s_strict) ?? throw new JsonException("expected an object");
        }
        catch (JsonException e)
        {
            throw new DeviceSetupException([$"register map {name}: {e.Path?.TrimStart('$', '.')} line {(e.LineNumber ?? 0) + 1}: {e.Message.Split(" Path:")[0]}"]);
        }
    }

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
