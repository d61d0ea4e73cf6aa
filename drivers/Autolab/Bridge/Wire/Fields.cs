using System.Text.Json;

namespace CellLab.AutolabBridge.Wire;

/// <summary>Members of a JSON object, each asked for by its name and type; messages tell which is wrong.</summary>
internal readonly struct Fields(JsonElement body, string where)
{
    public string Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Wrong(name, "a text");

    public bool Flag(string name) => Member(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true or false"),
    };

    public double Number(string name) => OptionalNumber(name) ?? throw Wrong(name, "a number");

    /// <summary>Null when it is absent or null.</summary>
    public double? OptionalNumber(string name)
    {
        if (Member(name) is not { ValueKind: not JsonValueKind.Null } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && Finite.IsFinite(number) ? number : throw Wrong(name, "a number");
    }

    public double Positive(string name) => Number(name) is > 0 and var number ? number : throw Wrong(name, "a number above 0");

    public int Whole(string name, int lowest, int highest) =>
        Number(name) is var number && number >= lowest && number <= highest && number == Math.Floor(number) ? (int)number : throw Wrong(name, $"a whole number from {lowest} to {highest}");

    public Fields Object(string name) => Member(name) is { ValueKind: JsonValueKind.Object } value ? new Fields(value, $"{where}.{name}") : throw Wrong(name, "an object");

    public IReadOnlyList<Fields> Objects(string name)
    {
        if (Member(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            throw Wrong(name, "a list of objects");
        }

        string path = $"{where}.{name}";
        return [.. list.EnumerateArray().Select((one, i) => one.ValueKind == JsonValueKind.Object ? new Fields(one, $"{path}[{i}]") : throw new BadRequestException($"{path}[{i}]: expected an object"))];
    }

    public BadRequestException Wrong(string name, string expected) => new($"{where}.{name}: expected {expected}");

    private JsonElement? Member(string name) => body.TryGetProperty(name, out JsonElement value) ? value : null;
}
