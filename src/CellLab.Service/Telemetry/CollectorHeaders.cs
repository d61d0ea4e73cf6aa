namespace CellLab.Service.Telemetry;

/// <summary>What a collector has to be shown, most of it secret: read again for every request, so that a renewed secret is used at once, and never logged.</summary>
internal static class CollectorHeaders
{
    /// <exception cref="FormatException">Not names and values; the message shows none of them.</exception>
    /// <exception cref="IOException">The file is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(TelemetrySettings settings)
    {
        if (settings.HeadersFile is { } file)
        {
            return [.. File.ReadAllLines(file).Where(line => line.Trim().Length > 0).Select((line, index) => Pair(line, ':', $"line {index + 1}"))];
        }

        if (settings.HeadersVariable is not { } variable)
        {
            return [];
        }

        string text = Environment.GetEnvironmentVariable(variable) ?? throw new FormatException($"the environment has no {variable}");
        return [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select((pair, index) => Decoded(Pair(pair, '=', $"pair {index + 1}")))];
    }

    private static KeyValuePair<string, string> Pair(string text, char between, string place)
    {
        int at = text.IndexOf(between, StringComparison.Ordinal);
        return at > 0 && text[..at].Trim() is { Length: > 0 } name && !name.Contains(' ', StringComparison.Ordinal)
            ? new(name, text[(at + 1)..].Trim())
            : throw new FormatException($"{place} is no name and value");
    }

    /// <summary>Values in such a variable may be percent-encoded (OpenTelemetry's OTEL_EXPORTER_OTLP_HEADERS, W3C Baggage).</summary>
    private static KeyValuePair<string, string> Decoded(KeyValuePair<string, string> pair) => new(pair.Key, Uri.UnescapeDataString(pair.Value));
}
