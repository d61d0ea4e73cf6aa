using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CellLab.Service.Offline.Foreign.Masses;

/// <summary>The header of an ixdat export: <c>name = value</c> lines, which time column belongs to which values, other names of columns.</summary>
internal sealed partial class IxdatHeader
{
    public int Lines { get; private set; }

    public string Technique { get; private set; } = "";

    /// <summary>Time column by value column.</summary>
    public Dictionary<string, string> TimeOf { get; } = [];

    /// <summary>Column by the name it goes by in ixdat (<c>M32</c>, <c>raw_potential</c>).</summary>
    public Dictionary<string, string> Aliases { get; } = [];

    /// <summary>The rows of a file of spectra are spectra (their first column is the time) rather than points.</summary>
    public bool TimeDown { get; private set; } = true;

    /// <summary>Null where the text is no ixdat export.</summary>
    public static IxdatHeader? TryRead(IReadOnlyList<string> head)
    {
        if (!head.Take(3).Any(line => line.StartsWith("ixdat version", StringComparison.Ordinal)) && !head.Any(line => line.StartsWith("N_header_lines = ", StringComparison.Ordinal)))
        {
            return null;
        }

        var header = new IxdatHeader();
        foreach (string line in head)
        {
            header.Take(line);
            if (header.Lines > 0)
            {
                break;
            }
        }

        return header;
    }

    private void Take(string line)
    {
        if (line.StartsWith("N_header_lines = ", StringComparison.Ordinal))
        {
            Lines = int.TryParse(line.AsSpan(17).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int lines) ? lines : 0;
        }
        else if (line.StartsWith("technique = ", StringComparison.Ordinal))
        {
            Technique = line[12..].Trim();
        }
        else if (TimeColumn().Match(line) is { Success: true } match)
        {
            foreach (string value in match.Groups[2].Value.Split("' and '"))
            {
                TimeOf[value] = match.Groups[1].Value;
            }
        }
        else if (line.StartsWith("aliases = ", StringComparison.Ordinal))
        {
            TakeAliases(line[10..]);
        }
        else if (line.StartsWith("first row", StringComparison.Ordinal))
        {
            TimeDown = !line.Contains("t=", StringComparison.Ordinal);
        }
    }

    private void TakeAliases(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonProperty alias in document.RootElement.EnumerateObject().Where(alias => alias.Value.ValueKind == JsonValueKind.Array))
            {
                foreach (JsonElement column in alias.Value.EnumerateArray().Where(column => column.ValueKind == JsonValueKind.String))
                {
                    Aliases.TryAdd(alias.Name, column.GetString()!);
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            Aliases.Clear(); // other names are a convenience: the columns' own names still serve
        }
    }

    [GeneratedRegex("^timecol '(.+)' for: '(.+)'\\s*$")]
    private static partial Regex TimeColumn();
}
