using System.Globalization;
using System.Text.Json;
using CellLab.Core.Documents;
using CellLab.Service.Hosting;

namespace CellLab.Service.Options;

/// <summary>One object of the configuration file, read strictly: every member is asked for by name, and what nobody asked for is refused by
/// <see cref="Finish"/>. Paths are written as in <c>devices[0].connection.port</c>.</summary>
internal sealed class ConfigurationSection(string file, string path, JsonElement element)
{
    private readonly List<string> known = [];

    public string File => file;

    public string PathOf(string member) => path.Length == 0 ? member : $"{path}.{member}";

    public string? OptionalText(string member) => Find(member, JsonValueKind.String, "a text in quotes")?.GetString();

    public string Text(string member) => OptionalText(member) ?? throw Missing(member);

    public bool Flag(string member, bool otherwise) => OptionalFlag(member) ?? otherwise;

    public bool? OptionalFlag(string member)
    {
        JsonElement? value = Find(member, null, "true or false");
        return value?.ValueKind switch
        {
            null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(member, $"{value.Value.GetRawText()} stands where true or false is expected", "Write true or false without quotes"),
        };
    }

    /// <summary>One of a few words; the first one when absent.</summary>
    public T Word<T>(string member, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        string? text = OptionalText(member);
        if (text is null)
        {
            return choices[0].Value;
        }

        var words = new List<string>();
        foreach ((string word, T value) in choices)
        {
            if (word == text)
            {
                return value;
            }

            words.Add(word);
        }

        throw Wrong(member, $"'{text}' stands where one of {string.Join(", ", words)} is expected", "Choose one of them, or remove it");
    }

    /// <summary>A whole number between both bounds, or null when absent.</summary>
    public int? OptionalNumber(string member, int lowest, int highest)
    {
        JsonElement? value = Find(member, JsonValueKind.Number, "a number");
        if (value is null)
        {
            return null;
        }

        return value.Value.TryGetInt32(out int number) && number >= lowest && number <= highest
            ? number
            : throw Wrong(member, $"{value.Value.GetRawText()} is out of range", Invariant($"Give a whole number from {lowest} to {highest}"));
    }

    /// <summary>A number between both bounds, or null when absent.</summary>
    public double? OptionalQuantity(string member, double lowest, double highest)
    {
        JsonElement? value = Find(member, JsonValueKind.Number, "a number");
        if (value is null)
        {
            return null;
        }

        double number = value.Value.GetDouble();
        return number >= lowest && number <= highest
            ? number
            : throw Wrong(member, $"{value.Value.GetRawText()} is out of range", Invariant($"Give a number from {lowest} to {highest}"));
    }

    public double Quantity(string member, double lowest, double highest) => OptionalQuantity(member, lowest, highest) ?? throw Missing(member);

    /// <summary>A list of numbers between both bounds, not empty.</summary>
    public IReadOnlyList<double> Quantities(string member, double lowest, double highest)
    {
        JsonElement list = Find(member, JsonValueKind.Array, "a list in brackets") ?? throw Missing(member);
        double[] numbers = [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN)];
        return numbers.Length > 0 && numbers.All(number => number >= lowest && number <= highest)
            ? numbers
            : throw Wrong(member, $"{list.GetRawText()} stands there", Invariant($"Give one number or more, each from {lowest} to {highest}"));
    }

    public ConfigurationSection? OptionalSection(string member) =>
        Find(member, JsonValueKind.Object, "an object in braces") is { } value ? new ConfigurationSection(file, PathOf(member), value) : null;

    public IReadOnlyList<ConfigurationSection> Sections(string member)
    {
        JsonElement? list = Find(member, JsonValueKind.Array, "a list in brackets");
        return list is null ? [] : [.. list.Value.EnumerateArray().Select((item, index) => Item(member, item, index))];
    }

    /// <summary>A list of texts, empty when absent.</summary>
    public IReadOnlyList<string> OptionalTexts(string member)
    {
        JsonElement? list = Find(member, JsonValueKind.Array, "a list in brackets");
        JsonElement[] items = list is null ? [] : [.. list.Value.EnumerateArray()];
        return items.All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Trim().Length > 0)
            ? [.. items.Select(item => item.GetString()!.Trim())]
            : throw Wrong(member, $"{list!.Value.GetRawText()} stands there", "Give texts in quotes");
    }

    /// <summary>Names and texts of an object such as <c>roles</c>.</summary>
    public IReadOnlyDictionary<string, string> Texts(string member)
    {
        ConfigurationSection section = OptionalSection(member) ?? throw Missing(member);
        return section.Names().ToDictionary(name => name, section.Text, StringComparer.Ordinal);
    }

    /// <summary>Refuses members that nobody has asked for.</summary>
    public void Finish()
    {
        string? unknown = Names().FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal));
        if (unknown is not null)
        {
            string meant = NearMiss.Find(unknown, known) is { } near ? $"Did you mean '{near}'? " : "";
            throw Wrong(unknown, "unknown member", $"{meant}Known here: {string.Join(", ", known)}; correct the name or remove it");
        }
    }

    public StartRefusedException Wrong(string member, string found, string remedy) =>
        StartRefusedException.At(file, PathOf(member), found, remedy);

    /// <summary>A member that is missing often stands there misspelt.</summary>
    private StartRefusedException Missing(string member) =>
        Names().FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal) && NearMiss.Find(name, [member]) is not null) is { } written
            ? Wrong(written, "unknown member", $"Did you mean '{member}'? That one is missing: correct the name")
            : Wrong(member, "missing", "Add it");

    private IEnumerable<string> Names() => element.EnumerateObject().Select(property => property.Name);

    private ConfigurationSection Item(string member, JsonElement item, int index)
    {
        string itemPath = Invariant($"{PathOf(member)}[{index}]");
        return item.ValueKind == JsonValueKind.Object
            ? new ConfigurationSection(file, itemPath, item)
            : throw StartRefusedException.At(file, itemPath, $"{item.GetRawText()} stands where an object is expected", "Write { ... }");
    }

    private JsonElement? Find(string member, JsonValueKind? kind, string expected)
    {
        known.Add(member);
        if (!element.TryGetProperty(member, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return kind is null || value.ValueKind == kind
            ? value
            : throw Wrong(member, $"{value.GetRawText()} stands where {expected} is expected", $"Write {expected}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
