using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CellLab.Drivers.PrismaPro.Wire;

/// <summary>Reads answers: <c>{"name":"got","origin":"/mmsp/...","data":...}</c> (PrismaPro API quick start). Pure.</summary>
internal static class PrismaReply
{
    private const int ShownCharacters = 120;

    /// <summary>The member <c>data</c>; a null element where there is none.</summary>
    /// <exception cref="PrismaRefusedException">The instrument refused.</exception>
    /// <exception cref="PrismaFormatException">No such answer.</exception>
    public static JsonElement Data(ReadOnlySpan<byte> body)
    {
        string text = WithoutNan(Encoding.UTF8.GetString(body));
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            string name = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("name", out JsonElement found) && found.ValueKind == JsonValueKind.String
                ? found.GetString()!
                : throw new PrismaFormatException($"expected an object with name and data, found {Shown(text)}");
            JsonElement data = root.TryGetProperty("data", out JsonElement given) ? given.Clone() : default;
            return name.StartsWith("error", StringComparison.OrdinalIgnoreCase)
                ? throw new PrismaRefusedException($"{name}: {(data.ValueKind == JsonValueKind.Undefined ? "no reason given" : data.GetRawText())}")
                : data;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new PrismaFormatException($"not the JSON of an answer: {Shown(text)}", error);
        }
    }

    /// <summary>Values of a scan; null where the instrument said <c>nan</c>. Null altogether when the scan is not there.</summary>
    /// <exception cref="PrismaFormatException">No scan.</exception>
    public static PrismaScan? Scan(JsonElement data)
    {
        if (Member(data, "values") is not { ValueKind: JsonValueKind.Array } values)
        {
            return null;
        }

        var read = new List<double?>(values.GetArrayLength());
        foreach (JsonElement value in values.EnumerateArray())
        {
            read.Add(value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Number when value.TryGetDouble(out double number) && double.IsFinite(number) => number,
                _ => throw new PrismaFormatException($"expected numbers in a scan, found {Shown(value.GetRawText())}"),
            });
        }

        return new PrismaScan((long)Number(data, "scannum"), read);
    }

    /// <summary>A number, also where it comes as text.</summary>
    /// <exception cref="PrismaFormatException">Missing, or no number.</exception>
    public static double Number(JsonElement data, string name) =>
        Member(data, name) is { } member && TryNumber(member, out double value)
            ? value
            : throw new PrismaFormatException($"expected a number {name}, found {Shown(data.ValueKind == JsonValueKind.Undefined ? "nothing" : data.GetRawText())}");

    /// <summary>A number that is the data itself.</summary>
    /// <exception cref="PrismaFormatException">No number.</exception>
    public static double Number(JsonElement data) => TryNumber(data, out double value)
        ? value
        : throw new PrismaFormatException($"expected a number, found {Shown(data.ValueKind == JsonValueKind.Undefined ? "nothing" : data.GetRawText())}");

    /// <summary>On or Off, true or false, 1 or 0, as the instrument likes.</summary>
    public static bool IsOn(JsonElement data) => Text(data).ToUpperInvariant() is "ON" or "TRUE" or "1";

    public static string Text(JsonElement data) => data.ValueKind switch
    {
        JsonValueKind.String => data.GetString()!,
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        _ => data.GetRawText(),
    };

    /// <summary>A member whatever the case of its name; null when there is none.</summary>
    public static JsonElement? Member(JsonElement data, string name)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (JsonProperty property in data.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }

    /// <summary>The first member whose name holds this word: names of identity data differ between firmwares.</summary>
    public static string? Like(JsonElement data, string word) => data.ValueKind != JsonValueKind.Object
        ? null
        : data.EnumerateObject().Where(p => p.Name.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(p => Text(p.Value)).FirstOrDefault();

    private static bool TryNumber(JsonElement element, out double value)
    {
        value = 0;
        return element.ValueKind switch
        {
            JsonValueKind.Number => element.TryGetDouble(out value) && double.IsFinite(value),
            JsonValueKind.String => double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value),
            _ => false,
        };
    }

    /// <summary><c>nan</c> outside of texts is no JSON: null instead.</summary>
    private static string WithoutNan(string text)
    {
        if (!text.Contains("nan", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var mended = new StringBuilder(text.Length + 16);
        bool inText = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
            {
                inText = !inText;
            }

            if (!inText && string.Compare(text, i, "nan", 0, 3, StringComparison.OrdinalIgnoreCase) == 0)
            {
                mended.Append("null");
                i += 2;
                continue;
            }

            mended.Append(text[i]);
        }

        return mended.Replace("-null", "null").ToString();
    }

    private static string Shown(string text) => text.Length <= ShownCharacters ? $"'{text}'" : $"'{text[..ShownCharacters]}'...";
}

/// <summary>One finished scan, in the order of the channels that were enabled when it began.</summary>
internal sealed record PrismaScan(long Number, IReadOnlyList<double?> Values);
