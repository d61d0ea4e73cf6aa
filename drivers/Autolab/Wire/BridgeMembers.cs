using System.Globalization;
using System.Text.Json;

namespace CellLab.Drivers.Autolab.Wire;

/// <summary>Members of a JSON object by name and type.</summary>
internal readonly struct BridgeMembers(JsonElement body)
{
    public bool Has(string name) => body.TryGetProperty(name, out _);

    public string Text(string name) => OptionalText(name) ?? throw Wrong(name, "a text");

    /// <summary>Null when absent or null.</summary>
    public string? OptionalText(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "a text"),
    };

    public bool Flag(string name) => Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false"),
    };

    public int Whole(string name) => OptionalWhole(name) ?? throw Wrong(name, "a whole number");

    public int? OptionalWhole(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int whole) => whole,
        _ => throw Wrong(name, "a whole number"),
    };

    public double Number(string name) => OptionalNumber(name) ?? throw Wrong(name, "a number");

    public double? OptionalNumber(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out double value) && double.IsFinite(value) => value,
        _ => throw Wrong(name, "a number"),
    };

    /// <summary>ISO 8601; null when absent.</summary>
    public DateTimeOffset? OptionalUtc(string name) => OptionalText(name) switch
    {
        null => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset utc) => utc,
        _ => throw Wrong(name, "a time"),
    };

    public BridgeMembers Object(string name) =>
        Member(name) is { ValueKind: JsonValueKind.Object } inner ? new BridgeMembers(inner) : throw Wrong(name, "an object");

    /// <summary>Empty when absent.</summary>
    public IReadOnlyList<string> Texts(string name) => Member(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : throw Wrong(name, "texts"))]
        : [];

    private JsonElement? Member(string name) => body.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static BridgeFormatException Wrong(string name, string expected) => new($"member {name}: expected {expected}");
}
